# A page as a browser lays it out, for t/page: chromium, which make deps-page installs.

# laid_out PAGE <SCRIPT: PAGE in two frames, of a phone's and a desk's width. The script's `measure(frame, page)`
# gives a line of each, which is printed behind the frame's name; lines that `last(frame, page)` gives of the
# phone's follow, where there is such a function. The page itself needs no script, and gets none.
laid_out() {
    local escaped script
    escaped=$(sed 's/&/\&amp;/g; s/"/\&quot;/g' "$1")
    script=$(cat)
    cat >wrapper.html <<HTML
<!DOCTYPE html><meta charset="utf-8">
<iframe id="phone" style="width:390px;height:844px;border:0" srcdoc="$escaped"></iframe>
<iframe id="desk" style="width:1200px;height:800px;border:0" srcdoc="$escaped"></iframe>
<pre id="found"></pre>
<script>
let last;
$script
onload = () => {
    const frames = ['phone', 'desk'].map(name => document.getElementById(name));
    const lines = frames.map(frame => [frame.id, ...measure(frame, frame.contentDocument)].join(' '));
    if (last)
        lines.push(last(frames[0], frames[0].contentDocument));
    document.getElementById('found').textContent = lines.join('\n');
};
</script>
HTML
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$T/profile" --dump-dom \
        --window-size=1300,1700 "file://$T/wrapper.html" >dom 2>chromium.log </dev/null || cat chromium.log >&2
    sed -n '/<pre id="found">/,/<\/pre>/p' dom | sed 's/<[^>]*>//g' | sed '/^$/d'
}
