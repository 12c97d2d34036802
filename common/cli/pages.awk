# Makes a C table of the manual: of each page man/*.1 what it says of its program, the first example that fits a line of
# -h, or two (what only shortens the output, | cut ..., is left out), and of qifu.7 what the program is in the office's
# words.
function quoted(text) {
    gsub(/\\/, "\\\\\\\\", text); gsub(/"/, "\\\"", text); gsub(/\n/, "\\n", text)
    return text == "" ? "NULL" : "\"" text "\""
}
function take(line,    i, lines, part, fits) {
    sub(/ \| (cut|head|tail|sed|grep|tr|uniq|wc|awk) .*$/, "", line)
    lines = split(line, part, "\n")
    for (i = 1; i <= lines; i++)
        fits += length(part[i]) <= 96
    if (line ~ ("(^|[ |;(])" name "( |$)") && fits == lines && (example[name] == "" || (lines == 1 && example[name] ~ /\n/)))
        example[name] = line
}
FNR == 1 { inside = more = 0; section = FILENAME; sub(/.*\./, "", section); name = FILENAME; sub(/.*\//, "", name); sub(/\.[0-9]$/, "", name) }
section == 7 && /^\.It Xr [a-z-]+ 1$/ { listed = $3; next }
section == 7 && listed != "" { if (/^[^.]/ && !(listed in words)) words[listed] = $0; listed = ""; next }
section != 1 { next }
{
    text = $0
    while (match(text, /\([^()A-Za-z]*[\343-\351][^()A-Za-z]*\)/)) {
        terms[name] = terms[name] (terms[name] == "" ? "" : " ") substr(text, RSTART + 1, RLENGTH - 2)
        text = substr(text, RSTART + RLENGTH)
    }
}
/^\.Nd / { names[++count] = name; purpose[name] = substr($0, 5); next }
/^\.Bd -literal/ { inside = 1; next }
/^\.Ed/ { inside = more = 0 }
inside && (more || /^\$ /) {
    gsub(/\\e/, "\\"); gsub(/\\&/, "")
    line = more ? line "\n    " $0 : substr($0, 3)
    more = line ~ /\\$/
    if (!more) take(line)
}
END {
    print "#include \"cli/pages.h\"\n\n#include <stddef.h>\n\nconst struct page cli_pages[] = {"
    for (i = 1; i <= count; i++) {
        n = names[i]
        printf "    {\"%s\", %s, %s,\n        %s, %s},\n", n, quoted(purpose[n]), quoted(words[n]), quoted(terms[n]), quoted(example[n])
    }
    print "    {NULL, NULL, NULL, NULL, NULL}};"
}
