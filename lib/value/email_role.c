/* Addresses of an office and not of a person: those of RFC 2142, and what firms call theirs in the languages of the
 * vocabulary, from common knowledge; in bytewise order, small letters, without points and hyphens. */
#include "base/ascii.h"
#include "value/email_text.h"

#define LONGEST 20

/* clang-format off */
static const struct slice roles[] = {
    SLICE_INIT("abuse"), SLICE_INIT("accounting"), SLICE_INIT("accounts"), SLICE_INIT("accueil"),
    SLICE_INIT("acquisti"), SLICE_INIT("admin"), SLICE_INIT("administracion"), SLICE_INIT("administratie"),
    SLICE_INIT("administration"), SLICE_INIT("administrator"), SLICE_INIT("amministrazione"), SLICE_INIT("anfrage"),
    SLICE_INIT("bestellung"), SLICE_INIT("billing"), SLICE_INIT("biuro"), SLICE_INIT("booking"),
    SLICE_INIT("bookings"), SLICE_INIT("buchhaltung"), SLICE_INIT("buero"), SLICE_INIT("buh"), SLICE_INIT("careers"),
    SLICE_INIT("comercial"), SLICE_INIT("commande"), SLICE_INIT("commandes"), SLICE_INIT("commercial"),
    SLICE_INIT("commerciale"), SLICE_INIT("compras"), SLICE_INIT("comptabilite"), SLICE_INIT("contabilidad"),
    SLICE_INIT("contabilita"), SLICE_INIT("contact"), SLICE_INIT("contacto"), SLICE_INIT("contactus"),
    SLICE_INIT("contato"), SLICE_INIT("customerservice"), SLICE_INIT("direction"), SLICE_INIT("einkauf"),
    SLICE_INIT("email"), SLICE_INIT("empfang"), SLICE_INIT("enquiries"), SLICE_INIT("events"),
    SLICE_INIT("facturacion"), SLICE_INIT("feedback"), SLICE_INIT("finance"), SLICE_INIT("financeiro"),
    SLICE_INIT("hello"), SLICE_INIT("help"), SLICE_INIT("helpdesk"), SLICE_INIT("hostmaster"), SLICE_INIT("hr"),
    SLICE_INIT("info"), SLICE_INIT("infos"), SLICE_INIT("inkoop"), SLICE_INIT("inquiries"), SLICE_INIT("invoice"),
    SLICE_INIT("invoices"), SLICE_INIT("it"), SLICE_INIT("jobs"), SLICE_INIT("kantoor"), SLICE_INIT("klantenservice"),
    SLICE_INIT("kontakt"), SLICE_INIT("legal"), SLICE_INIT("mail"), SLICE_INIT("management"), SLICE_INIT("marketing"),
    SLICE_INIT("media"), SLICE_INIT("news"), SLICE_INIT("newsletter"), SLICE_INIT("noc"), SLICE_INIT("noreply"),
    SLICE_INIT("office"), SLICE_INIT("order"), SLICE_INIT("orders"), SLICE_INIT("ordini"), SLICE_INIT("payments"),
    SLICE_INIT("pedidos"), SLICE_INIT("post"), SLICE_INIT("postmaster"), SLICE_INIT("praxis"), SLICE_INIT("press"),
    SLICE_INIT("purchasing"), SLICE_INIT("reception"), SLICE_INIT("rechnung"), SLICE_INIT("reservas"),
    SLICE_INIT("reservation"), SLICE_INIT("reservations"), SLICE_INIT("sales"), SLICE_INIT("secretariat"),
    SLICE_INIT("security"), SLICE_INIT("segreteria"), SLICE_INIT("sekretariat"), SLICE_INIT("service"),
    SLICE_INIT("services"), SLICE_INIT("shop"), SLICE_INIT("sklep"), SLICE_INIT("store"), SLICE_INIT("studio"),
    SLICE_INIT("support"), SLICE_INIT("team"), SLICE_INIT("vendas"), SLICE_INIT("vendite"), SLICE_INIT("ventas"),
    SLICE_INIT("verkauf"), SLICE_INIT("verkoop"), SLICE_INIT("vertrieb"), SLICE_INIT("verwaltung"),
    SLICE_INIT("webmaster"), SLICE_INIT("welcome"), SLICE_INIT("www"), SLICE_INIT("zakaz"), SLICE_INIT("zamowienia"),
    SLICE_INIT("zentrale"),
};
/* clang-format on */

bool email_user_is_role(struct slice user)
{
    char name[LONGEST];
    size_t length = 0;

    for (size_t i = 0; i < user.len; i++) {
        if (user.ptr[i] == '.' || user.ptr[i] == '-' || user.ptr[i] == '_')
            continue;
        if (length == LONGEST)
            return false;
        name[length++] = ascii_lower(user.ptr[i]);
    }
    return email_is_listed(roles, sizeof roles / sizeof *roles, (struct slice){name, length});
}
