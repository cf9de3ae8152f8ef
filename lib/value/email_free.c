/* Whose domain an address has: a provider's, where anybody has a mailbox, or somebody's own. The providers that the
 * match key (email_key.c) and the hints (email_list.c) know are such; the others that are common stand here, in
 * bytewise order: free mail and mail of access providers, from common knowledge of the countries. */
#include "base/ascii.h"
#include "value/email_text.h"

/* clang-format off */
static const struct slice providers[] = {
    SLICE_INIT("013.net"), SLICE_INIT("126.com"), SLICE_INIT("139.com"), SLICE_INIT("163.com"), SLICE_INIT("188.com"),
    SLICE_INIT("189.cn"), SLICE_INIT("21cn.com"), SLICE_INIT("263.net"), SLICE_INIT("9online.fr"),
    SLICE_INIT("a1.net"), SLICE_INIT("absamail.co.za"), SLICE_INIT("abv.bg"), SLICE_INIT("adinet.com.uy"),
    SLICE_INIT("aim.com"), SLICE_INIT("alice-dsl.net"), SLICE_INIT("alice.de"), SLICE_INIT("alice.it"),
    SLICE_INIT("aliceadsl.fr"), SLICE_INIT("aliyun.com"), SLICE_INIT("ameritech.net"), SLICE_INIT("aol.co.uk"),
    SLICE_INIT("aol.com"), SLICE_INIT("aol.de"), SLICE_INIT("aol.fr"), SLICE_INIT("aon.at"), SLICE_INIT("arcor.de"),
    SLICE_INIT("arnet.com.ar"), SLICE_INIT("atlas.cz"), SLICE_INIT("att.net"), SLICE_INIT("au.com"),
    SLICE_INIT("autograf.pl"), SLICE_INIT("autorambler.ru"), SLICE_INIT("azet.sk"), SLICE_INIT("bbox.fr"),
    SLICE_INIT("bell.net"), SLICE_INIT("bellsouth.net"), SLICE_INIT("bezeqint.net"), SLICE_INIT("biglobe.ne.jp"),
    SLICE_INIT("bigmir.net"), SLICE_INIT("bigpond.com"), SLICE_INIT("bigpond.net.au"), SLICE_INIT("bk.ru"),
    SLICE_INIT("bluewin.ch"), SLICE_INIT("blueyonder.co.uk"), SLICE_INIT("bol.com.br"), SLICE_INIT("bredband.net"),
    SLICE_INIT("btopenworld.com"), SLICE_INIT("buziaczek.pl"), SLICE_INIT("cantv.net"), SLICE_INIT("casema.nl"),
    SLICE_INIT("cegetel.net"), SLICE_INIT("centrum.cz"), SLICE_INIT("centrum.sk"), SLICE_INIT("centurylink.net"),
    SLICE_INIT("centurytel.net"), SLICE_INIT("charter.net"), SLICE_INIT("chello.at"), SLICE_INIT("chello.nl"),
    SLICE_INIT("citromail.hu"), SLICE_INIT("ciudad.com.ar"), SLICE_INIT("clear.net.nz"), SLICE_INIT("clix.pt"),
    SLICE_INIT("club-internet.fr"), SLICE_INIT("cogeco.ca"), SLICE_INIT("comhem.se"), SLICE_INIT("cox.net"),
    SLICE_INIT("daum.net"), SLICE_INIT("dir.bg"), SLICE_INIT("disroot.org"), SLICE_INIT("docomo.ne.jp"),
    SLICE_INIT("dodo.com.au"), SLICE_INIT("dreamwiz.com"), SLICE_INIT("drei.at"), SLICE_INIT("duck.com"),
    SLICE_INIT("earthlink.net"), SLICE_INIT("eastlink.ca"), SLICE_INIT("eim.ae"), SLICE_INIT("eircom.net"),
    SLICE_INIT("elisanet.fi"), SLICE_INIT("email.com"), SLICE_INIT("email.cz"), SLICE_INIT("email.de"),
    SLICE_INIT("email.it"), SLICE_INIT("email.ua"), SLICE_INIT("embarqmail.com"), SLICE_INIT("emirates.net.ae"),
    SLICE_INIT("empal.com"), SLICE_INIT("etb.net.co"), SLICE_INIT("eunet.rs"), SLICE_INIT("euskaltel.net"),
    SLICE_INIT("ewetel.net"), SLICE_INIT("excite.co.jp"), SLICE_INIT("excite.com"), SLICE_INIT("eyou.com"),
    SLICE_INIT("ezweb.ne.jp"), SLICE_INIT("fastwebnet.it"), SLICE_INIT("fibertel.com.ar"), SLICE_INIT("forthnet.gr"),
    SLICE_INIT("foxmail.com"), SLICE_INIT("free.fr"), SLICE_INIT("freemail.hu"), SLICE_INIT("freeserve.co.uk"),
    SLICE_INIT("frontier.com"), SLICE_INIT("frontiernet.net"), SLICE_INIT("fsmail.net"), SLICE_INIT("gazeta.pl"),
    SLICE_INIT("globo.com"), SLICE_INIT("globomail.com"), SLICE_INIT("go2.pl"), SLICE_INIT("goo.jp"),
    SLICE_INIT("hanmail.net"), SLICE_INIT("hetnet.nl"), SLICE_INIT("hey.com"), SLICE_INIT("hispeed.ch"),
    SLICE_INIT("hol.gr"), SLICE_INIT("home.nl"), SLICE_INIT("hot.ee"), SLICE_INIT("hushmail.com"),
    SLICE_INIT("i.softbank.jp"), SLICE_INIT("i.ua"), SLICE_INIT("iafrica.com"), SLICE_INIT("ig.com.br"),
    SLICE_INIT("ihug.co.nz"), SLICE_INIT("iinet.net.au"), SLICE_INIT("in.com"), SLICE_INIT("in.gr"),
    SLICE_INIT("inbox.com"), SLICE_INIT("inbox.lv"), SLICE_INIT("inbox.ru"), SLICE_INIT("indamail.hu"),
    SLICE_INIT("indiatimes.com"), SLICE_INIT("indigo.ie"), SLICE_INIT("infoseek.jp"), SLICE_INIT("interia.eu"),
    SLICE_INIT("interia.pl"), SLICE_INIT("internet.ru"), SLICE_INIT("internode.on.net"), SLICE_INIT("inwind.it"),
    SLICE_INIT("iol.ie"), SLICE_INIT("iol.it"), SLICE_INIT("iol.pt"), SLICE_INIT("jubii.dk"), SLICE_INIT("juno.com"),
    SLICE_INIT("kabelmail.de"), SLICE_INIT("kakao.com"), SLICE_INIT("keemail.me"), SLICE_INIT("kolumbus.fi"),
    SLICE_INIT("korea.com"), SLICE_INIT("kpnmail.nl"), SLICE_INIT("lenta.ru"), SLICE_INIT("libertysurf.fr"),
    SLICE_INIT("lineone.net"), SLICE_INIT("list.ru"), SLICE_INIT("love.com"), SLICE_INIT("luukku.com"),
    SLICE_INIT("lycos.com"), SLICE_INIT("mail.bg"), SLICE_INIT("mail.com"), SLICE_INIT("mail.de"),
    SLICE_INIT("mail.dk"), SLICE_INIT("mail.ee"), SLICE_INIT("mail.kz"), SLICE_INIT("mail.ru"),
    SLICE_INIT("mail.tele.dk"), SLICE_INIT("mail.telepac.pt"), SLICE_INIT("mail.ua"), SLICE_INIT("mailbox.org"),
    SLICE_INIT("mailfence.com"), SLICE_INIT("maktoob.com"), SLICE_INIT("mediacombb.net"), SLICE_INIT("meta.ua"),
    SLICE_INIT("mindspring.com"), SLICE_INIT("movistar.es"), SLICE_INIT("mts.net"), SLICE_INIT("mweb.co.za"),
    SLICE_INIT("mynet.com"), SLICE_INIT("myrambler.ru"), SLICE_INIT("myyahoo.com"), SLICE_INIT("narod.ru"),
    SLICE_INIT("nate.com"), SLICE_INIT("naver.com"), SLICE_INIT("netcabo.pt"), SLICE_INIT("netcologne.de"),
    SLICE_INIT("netvision.net.il"), SLICE_INIT("netzero.com"), SLICE_INIT("netzero.net"), SLICE_INIT("neuf.fr"),
    SLICE_INIT("nifty.com"), SLICE_INIT("noos.fr"), SLICE_INIT("ntlworld.com"), SLICE_INIT("numericable.fr"),
    SLICE_INIT("o2.co.uk"), SLICE_INIT("o2.pl"), SLICE_INIT("o2mail.de"), SLICE_INIT("o2online.de"),
    SLICE_INIT("ocn.ne.jp"), SLICE_INIT("ofir.dk"), SLICE_INIT("oi.com.br"), SLICE_INIT("onet.eu"),
    SLICE_INIT("onet.pl"), SLICE_INIT("online.de"), SLICE_INIT("online.no"), SLICE_INIT("online.ua"),
    SLICE_INIT("ono.com"), SLICE_INIT("op.pl"), SLICE_INIT("optimum.net"), SLICE_INIT("optonline.net"),
    SLICE_INIT("optusnet.com.au"), SLICE_INIT("orange.es"), SLICE_INIT("orcon.net.nz"), SLICE_INIT("otenet.gr"),
    SLICE_INIT("pacbell.net"), SLICE_INIT("paradise.net.nz"), SLICE_INIT("peoplepc.com"), SLICE_INIT("pisem.net"),
    SLICE_INIT("plala.or.jp"), SLICE_INIT("planet.nl"), SLICE_INIT("pobox.com"), SLICE_INIT("pobox.sk"),
    SLICE_INIT("pochta.ru"), SLICE_INIT("poczta.fm"), SLICE_INIT("poczta.onet.pl"), SLICE_INIT("post.cz"),
    SLICE_INIT("post.sk"), SLICE_INIT("poste.it"), SLICE_INIT("posteo.de"), SLICE_INIT("posteo.net"),
    SLICE_INIT("pp.inet.fi"), SLICE_INIT("prodigy.net.mx"), SLICE_INIT("proximus.be"), SLICE_INIT("ptt.rs"),
    SLICE_INIT("q.com"), SLICE_INIT("qip.ru"), SLICE_INIT("qq.com"), SLICE_INIT("quick.cz"),
    SLICE_INIT("quicknet.nl"), SLICE_INIT("r7.com"), SLICE_INIT("rambler.ua"), SLICE_INIT("rediffmail.com"),
    SLICE_INIT("riseup.net"), SLICE_INIT("ro.ru"), SLICE_INIT("roadrunner.com"), SLICE_INIT("rocketmail.com"),
    SLICE_INIT("rogers.com"), SLICE_INIT("rr.com"), SLICE_INIT("runbox.com"), SLICE_INIT("sancharnet.in"),
    SLICE_INIT("sapo.pt"), SLICE_INIT("sasktel.net"), SLICE_INIT("saunalahti.fi"), SLICE_INIT("sbb.rs"),
    SLICE_INIT("sbcglobal.net"), SLICE_INIT("scarlet.be"), SLICE_INIT("seznam.cz"), SLICE_INIT("sfr.fr"),
    SLICE_INIT("shaw.ca"), SLICE_INIT("sibmail.com"), SLICE_INIT("sify.com"), SLICE_INIT("sina.cn"),
    SLICE_INIT("sina.com"), SLICE_INIT("sina.com.cn"), SLICE_INIT("siol.net"), SLICE_INIT("sky.com"),
    SLICE_INIT("skynet.be"), SLICE_INIT("slingshot.co.nz"), SLICE_INIT("so-net.ne.jp"), SLICE_INIT("softbank.ne.jp"),
    SLICE_INIT("sohu.com"), SLICE_INIT("speedy.com.ar"), SLICE_INIT("spoko.pl"), SLICE_INIT("spray.se"),
    SLICE_INIT("startmail.com"), SLICE_INIT("suddenlink.net"), SLICE_INIT("sunrise.ch"), SLICE_INIT("suomi24.fi"),
    SLICE_INIT("superig.com.br"), SLICE_INIT("superonline.com"), SLICE_INIT("swbell.net"), SLICE_INIT("sympatico.ca"),
    SLICE_INIT("t-online.hu"), SLICE_INIT("talk21.com"), SLICE_INIT("talktalk.net"), SLICE_INIT("tdcadsl.dk"),
    SLICE_INIT("tele2.fr"), SLICE_INIT("tele2.nl"), SLICE_INIT("tele2.se"), SLICE_INIT("telefonica.net"),
    SLICE_INIT("telenet.be"), SLICE_INIT("telia.com"), SLICE_INIT("telkomsa.net"), SLICE_INIT("telus.net"),
    SLICE_INIT("terra.com"), SLICE_INIT("terra.es"), SLICE_INIT("tesco.net"), SLICE_INIT("tim.it"),
    SLICE_INIT("tin.it"), SLICE_INIT("tiscali.co.uk"), SLICE_INIT("tiscali.it"), SLICE_INIT("tlen.pl"),
    SLICE_INIT("tom.com"), SLICE_INIT("tpg.com.au"), SLICE_INIT("ttmail.com"), SLICE_INIT("turk.net"),
    SLICE_INIT("tut.by"), SLICE_INIT("tuta.com"), SLICE_INIT("tuta.io"), SLICE_INIT("tutamail.com"),
    SLICE_INIT("tutanota.com"), SLICE_INIT("tutanota.de"), SLICE_INIT("twc.com"), SLICE_INIT("ukr.net"),
    SLICE_INIT("une.net.co"), SLICE_INIT("unitybox.de"), SLICE_INIT("uol.com.br"), SLICE_INIT("upcmail.hu"),
    SLICE_INIT("upcmail.nl"), SLICE_INIT("usa.com"), SLICE_INIT("usa.net"), SLICE_INIT("versanet.de"),
    SLICE_INIT("videotron.ca"), SLICE_INIT("vip.126.com"), SLICE_INIT("vip.163.com"), SLICE_INIT("vip.qq.com"),
    SLICE_INIT("vip.sina.com"), SLICE_INIT("vipmail.hu"), SLICE_INIT("virgilio.it"), SLICE_INIT("virgin.net"),
    SLICE_INIT("virginmedia.com"), SLICE_INIT("vk.com"), SLICE_INIT("vodafone.it"), SLICE_INIT("vodamail.co.za"),
    SLICE_INIT("voila.fr"), SLICE_INIT("volny.cz"), SLICE_INIT("voo.be"), SLICE_INIT("vp.pl"), SLICE_INIT("vsnl.com"),
    SLICE_INIT("vsnl.net"), SLICE_INIT("vtr.net"), SLICE_INIT("walla.co.il"), SLICE_INIT("walla.com"),
    SLICE_INIT("wanadoo.es"), SLICE_INIT("web.de"), SLICE_INIT("webmail.co.za"), SLICE_INIT("westnet.com.au"),
    SLICE_INIT("windowslive.com"), SLICE_INIT("windstream.net"), SLICE_INIT("wo.cn"), SLICE_INIT("wp.pl"),
    SLICE_INIT("xs4all.nl"), SLICE_INIT("xtra.co.nz"), SLICE_INIT("ya.com"), SLICE_INIT("yeah.net"),
    SLICE_INIT("ymail.com"), SLICE_INIT("ymobile.ne.jp"), SLICE_INIT("ziggo.nl"), SLICE_INIT("zipmail.com.br"),
    SLICE_INIT("zoho.eu"), SLICE_INIT("zoho.in"), SLICE_INIT("zonnet.nl"), SLICE_INIT("zoznam.sk"),
};
/* clang-format on */

/* Providers with one name in many countries. */
static const struct slice families[] = {
    SLICE_INIT("gmx."), SLICE_INIT("hotmail."), SLICE_INIT("outlook."), SLICE_INIT("yahoo."), SLICE_INIT("yandex."),
};

/* Two or three letters (de, com), or two of such (co.uk, com.br). */
static bool is_country(struct slice suffix)
{
    size_t letters = 0;
    size_t points = 0;

    for (size_t i = 0; i < suffix.len; i++) {
        if (suffix.ptr[i] == '.') {
            if (letters < 2 || points++)
                return false;
            letters = 0;
        } else if (!ascii_is_letter(suffix.ptr[i]) || ++letters > 3) {
            return false;
        }
    }
    return letters >= 2;
}

static bool is_family(struct slice domain)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (domain.len > families[i].len && memcmp(domain.ptr, families[i].ptr, families[i].len) == 0 &&
            is_country(email_from(domain, families[i].len)))
            return true;
    return false;
}

bool email_domain_is_free(struct slice domain)
{
    return domain.len && (email_is_listed(providers, sizeof providers / sizeof *providers, domain) ||
                          is_family(domain) || email_has_key_rule(domain) || email_is_common_domain(domain));
}
