# Loaded by tests that act as one member or another: the user who runs the tests passes their names
# on, as a web server would.

# members: a center with one of each role.
members() {
    if [ ! -e "$T/members" ]; then
        cp -r "$TREE/share" "$T/members"
        echo "name_passers: [$(id -un)]" >>"$T/members/center.yaml"
    fi
    QIFU_CONFIG=$T/members
    center
    printf '%s\n' name,org,roles admin,center,administrator desk,center,operator chief,center,approver \
        li,tax,handler wang,justice,handler sun,discipline-commission,supervisor \
        fang,business-environment-office,supervisor watch,center,auditor >members.csv
    member-add --csv members.csv >out
}

# as NAME COMMAND...: does it as that member.
as() { QIFU_MEMBER=$1 "${@:2}"; }

# The user who runs the tests passes names on from here.
name_passers() {
    cp -r "$TREE/share" conf
    echo "name_passers: [$(id -un)]" >>conf/center.yaml
    QIFU_CONFIG=$T/conf
}
