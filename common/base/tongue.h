/* tongue: what the programs say, in the language of whoever reads it. The English text is the key
 * to a catalogue of GNU gettext's, po/zh_CN.po, which msgfmt compiles. It is read here and not by
 * gettext(3): that one speaks a language only where the machine has its locale, which a server
 * seldom has, and since glibc 2.39 LANGUAGE does not help under C.UTF-8. */
#ifndef QIFU_BASE_TONGUE_H
#define QIFU_BASE_TONGUE_H

/* Marks a text for the catalogue that tongue() is given elsewhere. */
#define N_(english) english

/* ENGLISH, or its translation, which lasts as long as the process. Chinese is spoken where LC_ALL,
 * else LC_MESSAGES, else LANG is a Chinese locale, or is any but C and POSIX and LANGUAGE prefers
 * Chinese; the machine need not have that locale. English stays where there is no catalogue in
 * ../share/locale, seen from the program's own folder, or where it is damaged. */
const char *tongue(const char *english) __attribute__((format_arg(1)));

/* CHINESE where messages are in Chinese, else ENGLISH: of what has its word in a table. */
const char *tongue_word(const char *english, const char *chinese);

/* What errno says of ERROR. */
const char *tongue_error(int error);

/* From here on English, whatever the locale: for programs that read what they say (web/refusal.h).
 */
void tongue_english(void);

#endif
