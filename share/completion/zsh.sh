# zsh's way: candidates with what they are.
_qifu() {
    local current=${words[CURRENT]} line word said typed
    local -a before described
    before=("${(@)words[1,CURRENT-1]}")
    if [[ $current == --*=* ]]; then
        before+=("${current%%=*}") current=${current#*=}
        compset -P '*='
    fi
    while IFS= read -r line; do
        word=${line%%$'\t'*} said=${line#*$'\t'} typed=${line##*$'\t'}
        if [[ $line == / ]]; then
            _files
        elif [[ $typed == '=' && -n $current && $word != $current* ]]; then
            said=${said%$'\t='}
            described+=("${said//:/\\:}:$word")
        elif (( ! ${described[(I)${(b)word}(:*|)]} )); then
            [[ $line == *$'\t'* ]] || said=
            described+=("${word//:/\\:}${said:+:${said%$'\t='}}")
        fi
    done < <(_qifu_candidates "$current" "${before[@]}")
    _describe -V 'qifu' described
}
