/* Text in any script to the small Latin letters in which records are compared: words of a-z and 0-9 with one blank
 * between them. "Müller-Lüdenscheidt", "MULLER LUDENSCHEIDT" and "Muller, Ludenscheidt" become the same bytes; so do
 * "Щербаков" and "Shcherbakov", "张伟" and "Zhangwei".
 *
 * The form is for comparing, not for showing: it does not lead back. What cannot be known from the letters alone is
 * not guessed: Arabic and Hebrew have no short vowels ("محمد" is mhmd), a Japanese name in Han characters is read as
 * Chinese. latin_skeleton() brings such forms together again. */
#ifndef CRM_VALUE_LATIN_FOLD_H
#define CRM_VALUE_LATIN_FOLD_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Which scripts the letters of a text are of: a set of bits. Digits and punctuation are of none. */
enum {
    LATIN_FOLD_LATIN = 1 << 0,
    LATIN_FOLD_CYRILLIC = 1 << 1,
    LATIN_FOLD_GREEK = 1 << 2,
    LATIN_FOLD_ARABIC = 1 << 3, /* and what Persian, Urdu and Kurdish add to it */
    LATIN_FOLD_HEBREW = 1 << 4,
    LATIN_FOLD_HAN = 1 << 5,
    LATIN_FOLD_KANA = 1 << 6,
    LATIN_FOLD_HANGUL = 1 << 7,
    LATIN_FOLD_OTHER = 1 << 8, /* a script that stays as it is, case folded, in UTF-8 */
};

/* Room for the characters of one text. One per thread. Takes memory from the first text on that is not ASCII. */
struct latin_fold {
    int32_t *letters; /* owned: code points, decomposed and case folded */
    size_t capacity;
};

void latin_fold_init(struct latin_fold *fold);
void latin_fold_fini(struct latin_fold *fold);

/* Appends the folded form of text to out, and writes the scripts seen to *scripts, unless that is NULL. What is
 * appended neither begins nor ends with a blank and never has two in a row; it is empty for a text without letters and
 * digits. It is pure ASCII unless *scripts has LATIN_FOLD_OTHER. Folding a folded text again changes nothing.
 * text must not be part of out.
 *
 * - Compatibility forms are resolved (full width, ligatures); marks are dropped: é e, ä a, ø o, ł l, đ d, ð d; ß ss,
 *   æ ae, œ oe, þ th, ə a. Decimal digits of any script become 0-9.
 * - Apostrophes (also as accents and primes) are dropped, so are dots, but between two digits: O'Brien obrien,
 *   J.P. jp, 12.5 "12 5". Characters without a shape of their own (joiners, soft hyphen, tatweel) are dropped. All else
 *   that is neither letter nor digit is a blank, also each byte that is not UTF-8.
 * - Cyrillic as in passports and as people write it: Щербаков shcherbakov, Хабаров khabarov, Юрий yuriy, Фёдор fedor;
 *   Ukrainian і i, ї yi, є ye, ґ g; Belarusian ў u; Serbian, Macedonian and Kazakh letters. One letter has one reading,
 *   г g and и i, whatever the language. Ъ is dropped before a vowel (Russian), else a (Bulgarian).
 * - Greek by ELOT 743, as in passports: Γεωργίου georgiou, Μπακογιάννης bakogiannis, Ευαγγελία evangelia.
 * - Arabic script letter by letter; ayn and alif are a; waw and ya are consonants where a word begins and before alif,
 *   else u and i; vowel marks are dropped: يوسف yusf, عبد الله abd allh, فاطمة fatma.
 * - Hebrew likewise: שרה shra, יוסף yosf, יעקב yakv.
 * - Han by Hanyu Pinyin without tones, the most frequent reading; a text of at most four Han characters is read as a
 *   name, whose first may have another reading as a family name (曾 zeng, 单 shan). No blank between characters.
 * - Kana by Hepburn with long vowels written short, as in passports: ようこ yoko, サトウ sato.
 * - Hangul by the Revised Romanization, each syllable by itself: 김민수 gimminsu.
 * - Between Han, kana or Hangul and letters of another script stands a blank: 小米Xiaomi "xiaomi xiaomi"; also between
 *   those that are read and those of them without a reading.
 *
 * 0, or -1 out of memory: out is as it was. */
int latin_fold(struct latin_fold *fold, struct slice text, struct buffer *out, unsigned *scripts, struct error *err);

/* Bytes of a skeleton with the NUL that ends it. */
#define LATIN_SKELETON 24

/* The consonants by which transliterations of one name are known, of a folded text; the blanks between words are left
 * out. Returns the length, less than LATIN_SKELETON: what is longer is cut, as is all behind 256 bytes of text. One of
 * fewer than three letters says little, and equal skeletons never mean equal names: they are for pairs that no closer
 * comparison can bring together.
 *
 * - Vowels (a e i o u) and the glides y and j (dj, dzh) are dropped, so that u and ue, ss and s agree. Where the text
 *   begins with a vowel, ye or je stands one a; with another glide (yu, ju, iu, io, dj, dzh) one y. Of the same letter
 *   twice, vowels between them or not, one is left.
 * - ch, sh, sch, tch, tsch, shch, chtch, cz, sz, zh, and c and tz of -vic and -vitz at the end of a word, are c:
 *   chaikovskii, tchaikovsky, tschaikowski ckvsk. But ch is k before l and r, h before m, n and t (Rachmaninow).
 * - z, ts, tz, and c before e, i or y are s; c, q, ck else k; x ks, but s where the text begins with it, unless e
 *   follows (Xenia).
 * - w, and ff at the end of a word, are v; ph f, th t, dh d, bh b, gh g, kh h; ng n unless a vowel follows: wang,
 *   vang and van (Ван, as 王 is written in Russian) vn. h at the end of a word is dropped.
 * - mohammed, muhammad, mhmd: mhmd. yuriy, yuri, iouri, juri: yr. aleksandr, alexander: alksndr. */
size_t latin_skeleton(struct slice folded, char out[LATIN_SKELETON]);

#endif
