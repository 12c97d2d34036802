/* caller: who runs this program, as far as the machine vouches for it; never by a variable that
 * the one who runs it can set. */
#ifndef QIFU_BASE_CALLER_H
#define QIFU_BASE_CALLER_H

#include <stdbool.h>

/* The name of the real user; "uid 1234" where it has none. */
const char *caller_name(void);

/* The name of the user for whom sudo runs the program as another one, NULL: for nobody. sudo sets
 * SUDO_UID itself; whoever becomes this user in another way can say so too, but then can do all
 * that this user can. */
const char *caller_vouched(void);

/* True where sudo runs it for somebody as a user who is not root: by a rule that says which
 * programs, but not with which files (qifu-members(7)). */
bool caller_is_bound(void);

/* True where the file at PATH belongs to the real user. */
bool caller_owns(const char *path);

#endif
