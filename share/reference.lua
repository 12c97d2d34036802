-- For pandoc: gives the columns of a table widths by what stands in them, since a word processor that
-- is told nothing makes all of them alike. A column is at least as wide as its longest word, and
-- takes of the rest what its longest cell lacks. A Chinese character is two columns wide and can
-- stand at any line's end; two of them stay together.

-- What a line holds, in half characters, and what a cell's edges take of it: in the letters of tables,
-- and in the small ones of those that are too wide for these.
local usual = { line = 98, edge = 2 }
local small = { line = 118, edge = 2, style = 'Compact Small' }

local function width(text)
  local sum = 0
  for _, code in utf8.codes(text) do
    sum = sum + (code >= 0x2e80 and 2 or 1.3)
  end
  return sum
end

-- The widths of the longest word and of the whole.
local function measure(blocks)
  local text = pandoc.utils.stringify(blocks)
  local least = 0
  for word in text:gmatch('%S+') do
    for latin in (word:gsub('[\xe2-\xf4][\x80-\xbf]+', ' ') .. ' '):gmatch('(%S*)%s') do
      least = math.max(least, width(latin))
    end
    if word:find('[\xe2-\xf4]') then
      least = math.max(least, math.min(width(word), 4.4))
    end
  end
  return least, width(text)
end

local function each_cell(tbl, take)
  local function row(cells)
    for i, cell in ipairs(cells) do take(cell, i) end
  end
  for _, r in ipairs(tbl.head.rows) do row(r.cells) end
  for _, body in ipairs(tbl.bodies) do
    for _, r in ipairs(body.body) do row(r.cells) end
  end
end

-- How wide the columns are in these letters, as shares of the line; and whether their words fit.
local function shares(least, most, letters)
  local needed, lacking, wide = 0, 0, {}
  for i = 1, #least do
    needed = needed + least[i] + letters.edge
    lacking = lacking + (most[i] - least[i]) ^ 2 -- what lacks most takes most of the rest
  end
  local line = math.max(letters.line, needed)
  for i = 1, #least do
    local lack = most[i] - least[i]
    local more = lacking > 0 and math.min((line - needed) * lack * lack / lacking, lack) or 0
    wide[i] = (least[i] + letters.edge + more) / line
  end
  return wide, needed <= 0.75 * letters.line
end

function Table(tbl)
  local least, most = {}, {}
  for i = 1, #tbl.colspecs do
    least[i], most[i] = 1, 1
  end
  each_cell(tbl, function(cell, i)
    local word, whole = measure(cell.contents)
    least[i], most[i] = math.max(least[i], word), math.max(most[i], whole)
  end)
  local wide, fits = shares(least, most, usual)
  if not fits then
    wide = shares(least, most, small)
    each_cell(tbl, function(cell)
      cell.contents = { pandoc.Div(cell.contents, { ['custom-style'] = small.style }) }
    end)
  end
  for i, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[i] = { spec[1], wide[i] }
  end
  return tbl
end
