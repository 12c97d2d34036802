# bash's way: COMPREPLY gets the candidates that start as the word does. Who types 税<TAB> gets the office's word.
_qifu() {
    local current=${COMP_WORDS[COMP_CWORD]} line word said typed i
    local -a before=()
    for ((i = 0; i < COMP_CWORD; i++)); do # --org=tax comes in three words
        [ "${COMP_WORDS[i]}" = = ] || before+=("${COMP_WORDS[i]}")
    done
    [ "$current" != = ] || current=''
    COMPREPLY=()
    while IFS= read -r line; do
        word=${line%%$'\t'*} said=${line#*$'\t'} typed=${line##*$'\t'}
        if [ "$line" = / ]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
        elif [[ $word == "$current"* ]]; then
            COMPREPLY+=("$word")
        elif [ "$typed" = = ] && [[ ${said%$'\t'=} == "$current"* ]]; then
            word=${said%$'\t'=}
            [[ $word != *[[:space:]\'\"\$\\\&\;\|\(\)]* ]] || printf -v word %q "$word"
            COMPREPLY+=("$word")
        fi
    done < <(_qifu_candidates "$current" "${before[@]}")
}
