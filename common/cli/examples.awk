# Makes a C table of the pages man/*.1: of each program the first example that fits a line of -h, or two. What only
# shortens the output (| cut ...) is left out.
function close_page() {
    if (name != "" && best != "") {
        gsub(/\\/, "\\\\\\\\", best); gsub(/"/, "\\\"", best)
        gsub(/\n/, "\\n", best)
        printf "    {\"%s\", \"%s\"},\n", name, best
    }
    best = ""
}
function take(line,    i, lines, part, fits) {
    sub(/ \| (cut|head|tail|sed|grep|tr|uniq|wc|awk) .*$/, "", line)
    lines = split(line, part, "\n")
    for (i = 1; i <= lines; i++)
        fits += length(part[i]) <= 96
    if (line ~ ("(^|[ |;(])" name "( |$)") && fits == lines && (best == "" || (lines == 1 && best ~ /\n/)))
        best = line
}
BEGIN {
    print "#include \"cli/examples.h\""
    print "const struct example cli_examples[] = {"
}
FNR == 1 { close_page(); name = FILENAME; sub(/.*\//, "", name); sub(/\.1$/, "", name); inside = more = 0 }
/^\.Bd -literal/ { inside = 1; next }
/^\.Ed/ { inside = more = 0 }
inside && (more || /^\$ /) {
    gsub(/\\e/, "\\"); gsub(/\\&/, "")
    line = more ? line "\n    " $0 : substr($0, 3)
    more = line ~ /\\$/
    if (!more) take(line)
}
END { close_page(); print "    {0, 0}};" }
