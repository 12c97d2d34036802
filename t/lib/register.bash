# Loaded by tests of registers: a day, and two problems.

eval "lib_$(declare -f setup)"
setup() {
    lib_setup
    at 2026-03-02T09:00
}

# Two problems, of the tax bureau and of housing, whom tax helps.
problems() {
    center
    printf '编号,问题,责任单位,配合单位,整改期限\n1,路灯不亮,住建局,tax,2026-03-01\n2,退税太慢,tax,,2026-03-20\n' >p.csv
    quiet register-add --at 2026-02-01 --csv p.csv problems
}
