/* Encoding judge: in which encoding would these bytes be likely words?
 *
 * An encoding turns bytes into text one to one, so the probability of the bytes under an encoding is that of the text
 * they become, and Bayes' rule needs no more than a model of text: letter pairs for each language (encoding_*_text.c),
 * characters for the Asian ones. An export holds names of several languages; the probability of a word under an
 * encoding is therefore that under a mixture of its languages, whose weights follow the words seen so far: they start
 * as if a few words had been seen in the languages of the world by their shares, whichever of them the encoding can
 * hold, so that to hold few is no advantage. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "value/encoding_tables.h"

#define MODELS 48    /* languages with letter pairs */
#define READINGS 320 /* a charset with a language */
#define LANGUAGES 20 /* of a charset */
#define CHARSETS 48
#define CANDIDATES (CHARSETS + ENCODING_ASIAN)
#define SEEN 3.2      /* words taken as seen before the first, by the languages' shares */
#define SELDOM 0.2    /* the part of its share that a language has in a charset it is seldom written in */
#define HOPELESS 80.0 /* bits behind the best at which a candidate is given up */
#define ROUND 512     /* bytes of words after which that is asked */

struct candidate {
    const struct encoding_charset *charset; /* NULL: Asian reader number `reader` */
    size_t reader;
    double bits;
    bool hopeless;
    size_t first, count; /* readings */
    double words;        /* of all readings */
    struct encoding_alphabet alphabet;
};

struct judge {
    const struct encoding_words *words;
    struct encoding_asian *asian;
    size_t models, readings, candidates;
    struct encoding_model model[MODELS];
    struct encoding_reading reading[READINGS];
    double words_in[READINGS]; /* of which that reading is the language's */
    struct candidate candidate[CANDIDATES];
};

static const struct encoding_model *find_model(struct judge *judge, const char *code)
{
    const struct encoding_language *const lists[] = {encoding_latin, encoding_central, encoding_script};
    const size_t counts[] = {encoding_latin_count, encoding_central_count, encoding_script_count};

    for (size_t i = 0; i < judge->models; i++)
        if (memcmp(judge->model[i].language->code, code, 2) == 0)
            return &judge->model[i];
    for (size_t list = 0; list < 3; list++)
        for (size_t i = 0; i < counts[list]; i++)
            if (memcmp(lists[list][i].code, code, 2) == 0 && judge->models < MODELS) {
                encoding_model_build(&judge->model[judge->models], &lists[list][i]);
                return &judge->model[judge->models++];
            }
    return NULL;
}

static void add_charset(struct judge *judge, const struct encoding_charset *charset)
{
    struct candidate *candidate = &judge->candidate[judge->candidates++];
    double share = SEEN / 100;

    *candidate = (struct candidate){.charset = charset, .bits = charset->prior / 2.0, .first = judge->readings};
    candidate->words = SEEN;
    encoding_alphabet_build(&candidate->alphabet, charset);
    for (const char *code = charset->languages; *code; code += strcspn(code, " "), code += *code == ' ') {
        const struct encoding_model *model = *code == '|' ? NULL : find_model(judge, code);
        if (*code == '|')
            share = SEEN / 100 * SELDOM;
        if (!model || judge->readings == READINGS || candidate->count == LANGUAGES)
            continue;
        encoding_reading_build(&judge->reading[judge->readings], model, charset);
        judge->words_in[judge->readings++] = share * model->language->share;
        candidate->count++;
    }
}

static double mixture_bits(struct judge *judge, struct candidate *candidate, struct slice word)
{
    double cost[LANGUAGES], least = 1e30, sum = 0;

    for (size_t i = 0; i < candidate->count; i++) {
        cost[i] = encoding_reading_cost(&candidate->alphabet, &judge->reading[candidate->first + i], word) / 2.0;
        least = cost[i] < least ? cost[i] : least;
    }
    for (size_t i = 0; i < candidate->count; i++) {
        cost[i] = judge->words_in[candidate->first + i] * exp2(least - cost[i]);
        sum += cost[i];
    }
    double bits = least - log2(sum / candidate->words);
    for (size_t i = 0; i < candidate->count; i++)
        judge->words_in[candidate->first + i] += cost[i] / sum;
    candidate->words += 1;
    return bits;
}

static double word_bits(struct judge *judge, struct candidate *candidate, struct slice word)
{
    if (candidate->charset)
        return mixture_bits(judge, candidate, word);
    return encoding_asian_cost(judge->asian, candidate->reader, word) / 2.0;
}

static void drop_hopeless(struct judge *judge)
{
    double best = 1e300;

    for (size_t i = 0; i < judge->candidates; i++)
        if (!judge->candidate[i].hopeless && judge->candidate[i].bits < best)
            best = judge->candidate[i].bits;
    for (size_t i = 0; i < judge->candidates; i++)
        judge->candidate[i].hopeless |= judge->candidate[i].bits > best + HOPELESS;
}

static void weigh(struct judge *judge)
{
    size_t bytes = 0;

    for (size_t w = 0; w < judge->words->count; w++) {
        struct slice word = encoding_word(judge->words, w);
        for (size_t i = 0; i < judge->candidates; i++)
            if (!judge->candidate[i].hopeless)
                judge->candidate[i].bits += word_bits(judge, &judge->candidate[i], word);
        bytes += word.len;
        if (bytes >= ROUND) {
            drop_hopeless(judge);
            bytes = 0;
        }
    }
}

/* Whether the words are the same text in both. */
static bool same_text(const struct judge *judge, const struct candidate *a, const struct candidate *b)
{
    if (!a->charset || !b->charset)
        return false;
    for (unsigned byte = 128; byte < 256; byte++)
        if (judge->words->taken[byte] && a->charset->high[byte - 128] != b->charset->high[byte - 128])
            return false;
    return true;
}

static const char *candidate_name(const struct candidate *candidate)
{
    return candidate->charset ? candidate->charset->name : encoding_asian_name(candidate->reader);
}

/* The likeliest candidate, and the likeliest that reads another text than `than`. NULL: none. */
static const struct candidate *likeliest(const struct judge *judge, const struct candidate *than)
{
    const struct candidate *best = NULL;

    for (size_t i = 0; i < judge->candidates; i++) {
        const struct candidate *candidate = &judge->candidate[i];
        if (than && (candidate == than || same_text(judge, than, candidate)))
            continue;
        if (!best || candidate->hopeless < best->hopeless ||
            (candidate->hopeless == best->hopeless && candidate->bits < best->bits))
            best = candidate;
    }
    return best;
}

/* The language that most words of the candidate are in. */
static const struct encoding_language *main_language(const struct judge *judge, const struct candidate *candidate)
{
    size_t best = candidate->first;

    if (!candidate->charset)
        return encoding_asian_language(candidate->reader);
    for (size_t i = best; i < candidate->first + candidate->count; i++)
        if (judge->words_in[i] > judge->words_in[best])
            best = i;
    return judge->reading[best].model->language;
}

/* The word as the candidate reads it, in UTF-8. */
static struct slice decode_word(const struct judge *judge, const struct candidate *candidate, struct slice word,
                                char *out, size_t size)
{
    size_t len = 0;

    if (!candidate->charset)
        return encoding_asian_decode(judge->asian, candidate->reader, word, out, size);
    for (size_t i = 0; i < word.len && len + 4 <= size; i++) {
        unsigned char byte = (unsigned char)word.ptr[i];
        char32_t c = byte < 128 ? byte : candidate->charset->high[byte - 128];
        len += (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out + len);
    }
    return (struct slice){out, len};
}

/* The first word with a letter beyond ASCII; the first of all when there is none, and then *letters is false. */
static struct slice example_word(const struct judge *judge, const struct candidate *candidate, bool *letters)
{
    *letters = true;
    for (size_t w = 0; w < judge->words->count; w++) {
        struct slice word = encoding_word(judge->words, w);
        for (size_t i = 0; i < word.len; i++) {
            unsigned char byte = (unsigned char)word.ptr[i];
            if (byte >= 128 && (!candidate->charset || encoding_is_letter(candidate->charset->high[byte - 128])))
                return word;
        }
    }
    *letters = false;
    return encoding_word(judge->words, 0);
}

/* Whether the words have bytes that are no character of the charset. */
static bool has_gaps(const struct judge *judge, const struct candidate *candidate)
{
    for (unsigned byte = 128; candidate->charset && byte < 256; byte++)
        if (judge->words->taken[byte] && candidate->charset->high[byte - 128] == 0xfffd)
            return true;
    return false;
}

/* Whether the best reading is none: what people write takes 4 to 6 bits a byte here, a few odd names up to 9, noise 8
 * and more. */
static bool is_noise(const struct judge *judge, const struct candidate *best)
{
    return best->bits > 40 + 7.4 * (double)judge->words->used;
}

/* The charset that is commonest among those that read the same text. */
static const struct candidate *commonest(const struct judge *judge, const struct candidate *like)
{
    const struct candidate *best = like;

    for (size_t i = 0; i < judge->candidates; i++)
        if (same_text(judge, like, &judge->candidate[i]) && judge->candidate[i].charset->prior < best->charset->prior)
            best = &judge->candidate[i];
    return best;
}

static void report(const struct judge *judge, struct encoding_guess *guess)
{
    const struct candidate *likely = likeliest(judge, NULL);
    const struct candidate *best = commonest(judge, likely);
    const struct candidate *second = likeliest(judge, best);
    double gap = second->hopeless ? HOPELESS : second->bits - likely->bits;
    char text[120];
    struct quote q;
    bool letters;

    if (is_noise(judge, likely)) {
        snprintf(guess->second, sizeof guess->second, "%s", candidate_name(best));
        snprintf(guess->evidence, sizeof guess->evidence,
                 "no encoding makes words of these bytes; the least unlikely is %s", guess->second);
        return;
    }
    snprintf(guess->name, sizeof guess->name, "%s", candidate_name(best));
    snprintf(guess->second, sizeof guess->second, "%s", candidate_name(second));
    guess->confidence = (gap >= HOPELESS ? 1 : 1 - 0.5 * exp2(-gap / 4)) * (has_gaps(judge, best) ? 0.6 : 1);
    struct slice word = example_word(judge, best, &letters);
    word = decode_word(judge, best, word, text, sizeof text);
    if (letters)
        snprintf(guess->evidence, sizeof guess->evidence, "as %s the words look %s: '%s'; next best %s", guess->name,
                 main_language(judge, likely)->name, quote(&q, word), guess->second);
    else
        snprintf(guess->evidence, sizeof guess->evidence, "as %s the signs make sense: '%s'; next best %s", guess->name,
                 quote(&q, word), guess->second);
    guess->evidence[utf8_valid_prefix(guess->evidence, strlen(guess->evidence))] = '\0'; /* it may have been cut */
}

int encoding_judge(const struct encoding_words *words, struct encoding_guess *guess, struct error *err)
{
    struct judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return error_memory(err);
    judge->words = words;
    if (encoding_asian_new(&judge->asian, err)) {
        free(judge);
        return -1;
    }
    for (size_t i = 0; i < encoding_charsets_count && i < CHARSETS; i++)
        add_charset(judge, &encoding_charsets[i]);
    for (size_t i = 0; i < ENCODING_ASIAN; i++)
        judge->candidate[judge->candidates++] = (struct candidate){.reader = i, .bits = encoding_asian_prior(i) / 2.0};
    weigh(judge);
    report(judge, guess);
    encoding_asian_free(judge->asian);
    free(judge);
    return 0;
}
