/* pages: what the manual says of each program, for -h and for `qifu`; made of man/ by pages.awk. */
#ifndef QIFU_CLI_PAGES_H
#define QIFU_CLI_PAGES_H

struct page {
    const char *program;
    const char *purpose; /* list tickets */
    const char *words;   /* the same in qifu(7), with the office's words (受理); or NULL */
    const char *terms; /* the office's words that stand in brackets on its page, divided by blanks;
                          or NULL */
    const char *example; /* a command line of the page, of two lines at most; or NULL */
};
/* By program, ended by one that is NULL. */
extern const struct page cli_pages[];

/* The page of PROGRAM, or NULL. */
const struct page *page_find(const char *program);

#endif
