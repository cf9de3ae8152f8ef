/* The words of dates: one table of "word=meaning", folded as date_fold() does and sorted by the bytes of the words. The
 * meaning is the number of a month and a letter for each other one. */
#include "value/date_words.h"

#include <string.h>

/* In the order of enum date_meaning from WEEKDAY on. */
static const char letters[] = "wjoytcbafYMDHms";

static const char words[] =
    " a=t abr=4 abril=4 ago=8 agosto=8 agu=8 agustos=8 alle=t am=j aou=8 aout=8 apr=4 april=4 aprile=4 ara=12 "
    "aralik=12 as=t at=t aug=8 august=8 augusti=8 augustus=8 avr=4 avril=4 bre=3 brezen=3 brezna=3 car=w "
    "carsamba=w cec=7 cen=6 cerven=6 cervence=7 cervenec=7 cervna=6 cmt=w crs=w ct=w cts=w ctvrtek=w cum=w "
    "cuma=w cumartesi=w cvc=7 cvn=6 cze=6 czerwca=6 czerwiec=6 czw=w czwartek=w d=j de=j dec=12 december=12 "
    "decembre=12 del=j den=j des=12 desember=12 dez=12 dezember=12 dezembro=12 di=w dic=12 dicembre=12 "
    "diciembre=12 dienstag=w dim=w dimanche=w dinsdag=w do=w dom=w domenica=w domingo=w donderdag=w "
    "donnerstag=w dub=4 duben=4 dubna=4 e=o eki=10 ekim=10 el=j ene=1 enero=1 er=o eyl=9 eylul=9 feb=2 febbr=2 "
    "febbraio=2 feber=2 febrero=2 februar=2 februari=2 february=2 feira=w fev=2 fevereiro=2 fevr=2 fevrier=2 "
    "fr=w fre=w fredag=w freitag=w fri=w friday=w gen=1 genn=1 gennaio=1 gio=w giovedi=w giu=6 giugno=6 godz=t "
    "gru=12 grudnia=12 grudzien=12 h=c haz=6 haziran=6 hrs=c jaen=1 jaenner=1 jan=1 janeiro=1 janner=1 januar=1 "
    "januari=1 january=1 janv=1 janvier=1 jeu=w jeudi=w jue=w jueves=w juil=7 juill=7 juillet=7 juin=6 jul=7 "
    "julho=7 juli=7 julio=7 july=7 jun=6 june=6 junho=6 juni=6 junio=6 kas=11 kasim=11 kl=t klockan=t klokken=t "
    "kve=5 kveten=5 kvetna=5 kwi=4 kwiecien=4 kwietnia=4 la=tw las=t lau=w laurdag=w le=j led=1 leden=1 ledna=1 "
    "lip=7 lipca=7 lipiec=7 lis=11 listopad=11 listopada=11 listopadu=11 lor=w lordag=w lug=7 luglio=7 lun=w "
    "lundi=w lunedi=w lunes=w lut=2 lutego=2 luty=2 ma=w maandag=w maart=3 maerz=3 mag=5 maggio=5 mai=5 maio=5 "
    "maj=5 maja=5 man=w mandag=w mar=3w marca=3 march=3 marco=3 mardi=w mars=3 mart=3 martedi=w martes=w "
    "marts=3 marz=3 marzec=3 marzo=3 may=5 mayis=5 mayo=5 mei=5 mer=w mercoledi=w mercredi=w mi=w mie=w "
    "miercoles=w mittwoch=w mo=w mon=w monday=w montag=w mrt=3 mrz=3 nd=ow ne=w nedele=w nie=w niedz=w "
    "niedziela=w nis=4 nisan=4 nov=11 november=11 novembre=11 novembro=11 noviembre=11 o=to oca=1 ocak=1 oct=10 "
    "october=10 octobre=10 octubre=10 of=j okt=10 oktober=10 om=t on=w ons=w onsdag=w oo=b ore=t os=a ott=10 "
    "ottobre=10 out=10 outubro=10 pa=w patek=w paz=10w pazar=w pazartesi=w pazdziernik=10 pazdziernika=10 per=w "
    "persembe=w pia=w piatek=w po=w pon=w pondeli=w poniedzialek=w pro=12 prosince=12 prosinec=12 prs=w pt=w "
    "pzt=w qua=w quarta=w qui=w quinta=w r=y rd=o rij=10 rijen=10 rijna=10 roku=y sa=w saat=t sab=w sabado=w "
    "sabato=w sal=w sali=w sam=w samedi=w samstag=w sat=w saturday=w seg=w segunda=w sep=9 sept=9 september=9 "
    "septembre=9 septiembre=9 set=9 setembro=9 setiembre=9 sett=9 settembre=9 sex=w sexta=w sie=8 sierpien=8 "
    "sierpnia=8 so=w sob=w sobota=w son=w sondag=w sonnabend=w sonntag=w sr=w sro=w sroda=w srp=8 srpen=8 "
    "srpna=8 st=ow streda=w sty=1 styczen=1 stycznia=1 su=w sub=2 subat=2 sun=w sundag=w sunday=w t=t tem=7 "
    "temmuz=7 ter=w terca=w th=o the=j thu=w thur=w thurs=w thursday=w ti=w tir=w tirs=w tirsdag=w tis=w "
    "tisdag=w to=w tor=w tors=w torsdag=w tue=w tues=w tuesday=w ty=w tys=w tysdag=w uhr=c um=t uno=2 unor=2 "
    "unora=2 ut=w utery=w uur=c v=t ven=w vendredi=w venerdi=w vie=w viernes=w vr=w vrijdag=w wed=w wednesday=w "
    "wo=w woensdag=w wrz=9 wrzesien=9 wrzesnia=9 wt=w wto=w wtorek=w za=w zar=9 zari=9 zaterdag=w zo=w zondag=w "
    "авг=8 август=8 августа=8 апр=4 апрель=4 апреля=4 бер=3 берез=3 березень=3 березня=3 в=t вер=9 верес=9 "
    "вересень=9 вересня=9 воскресенье=w вс=w вт=w вторник=w вівторок=w г=y го=o год=y года=y гру=12 груд=12 "
    "грудень=12 грудня=12 дек=12 декабрь=12 декабря=12 жов=10 жовт=10 жовтень=10 жовтня=10 июл=7 июль=7 июля=7 "
    "июн=6 июнь=6 июня=6 кві=4 квіт=4 квітень=4 квітня=4 лип=7 липень=7 липня=7 лис=11 лист=11 листопад=11 "
    "листопада=11 лют=2 лютий=2 лютого=2 май=5 мар=3 март=3 марта=3 мая=5 нд=w неділя=w ноя=11 нояб=11 "
    "ноябрь=11 ноября=11 о=t об=t окт=10 октябрь=10 октября=10 п'ятниця=w пн=w понедельник=w понеділок=w пт=w "
    "пятница=w р=y року=y рік=y сб=w сен=9 сент=9 сентябрь=9 сентября=9 сер=8 середа=w серп=8 серпень=8 "
    "серпня=8 ср=w среда=w суббота=w субота=w січ=1 січень=1 січня=1 тра=5 трав=5 травень=5 травня=5 фев=2 "
    "февр=2 февраль=2 февраля=2 чер=6 черв=6 червень=6 червня=6 четвер=w четверг=w чт=w янв=1 январь=1 января=1 "
    "اب=8 ابر=4 ابريل=4 اذار=3 اغس=8 اغسطس=8 افريل=4 اكت=10 اكتوبر=10 الاثنين=w الاحد=w الاربعاء=w الثلاثاء=w "
    "الجمعة=w الخميس=w الساعة=t السبت=w اوت=8 ايار=5 ايلول=9 تشرين=f تشرين_الاول=10 تشرين_الثاني=11 تموز=7 ث=w "
    "ج=w جانفي=1 جوان=6 جويلية=7 ح=w حزيران=6 خ=w دجنبر=12 ديس=12 ديسمبر=12 ر=w س=w سبت=9 سبتمبر=9 شباط=2 "
    "شتنبر=9 ص=b صباحا=b غشت=8 فبر=2 فبراير=2 فيفري=2 كانون=f كانون_الاول=12 كانون_الثاني=1 م=ay مار=3 مارس=3 "
    "ماي=5 مايو=5 مساء=a ن=w نوف=11 نوفمبر=11 نونبر=11 نيسان=4 ينا=1 يناير=1 يول=7 يوليه=7 يوليو=7 يوليوز=7 "
    "يون=6 يونيه=6 يونيو=6 一=w 一月=1 七月=7 三=w 三月=3 上午=b 下午=a 九月=9 二=w 二月=2 五=w 五月=5 八月=8 六=w "
    "六月=6 凌晨=b 分=m "
    "十一月=11 十二月=12 十月=10 午前=b 午後=a 号=D 周一=w 周三=w 周二=w 周五=w 周六=w 周四=w 周日=w 四=w 四月=4 土=w "
    "土曜日=w 年=Y 日=Dw 日曜日=w "
    "早上=b 时=H 星期一=w 星期三=w 星期二=w 星期五=w 星期六=w 星期四=w 星期天=w 星期日=w 時=H 月=Mw 月曜日=w 木=w "
    "木曜日=w 水=w 水曜日=w 清晨=b 火=w 火曜日=w "
    "点=H 秒=s 號=D 週一=w 週三=w 週二=w 週五=w 週六=w 週四=w 週日=w 金=w 金曜日=w 點=H 금=w 금요일=w 년=Y 목=w "
    "목요일=w 분=m 수=w 수요일=w 시=H "
    "오전=b 오후=a 월=Mw 월요일=w 일=Dw 일요일=w 초=s 토=w 토요일=w 화=w 화요일=w ";

static uint32_t meaning(const char *code)
{
    uint32_t means = 0;

    for (; *code >= '0' && *code <= '9'; code++)
        means = means * 10 + (uint32_t)(*code - '0');
    for (; *code != ' '; code++)
        means |= (uint32_t)WEEKDAY << (strchr(letters, *code) - letters);
    return means;
}

/* The order of the entry's word and of this one. */
static int compare(const char *entry, struct slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if (entry[i] != word.ptr[i])
            return entry[i] == '=' || (unsigned char)entry[i] < (unsigned char)word.ptr[i] ? -1 : 1;
    return entry[word.len] != '=';
}

/* A binary search among the blanks of the table: those before `low` stand before words that come earlier, that at
 * `high` before one that does not. */
uint32_t date_word(struct slice word)
{
    size_t low = 0;
    size_t high = sizeof words - 2;

    if (word.len == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        while (words[middle] != ' ')
            middle--;
        int order = compare(words + middle + 1, word);
        if (order == 0)
            return meaning(words + middle + 1 + word.len + 1);
        if (order > 0)
            high = middle;
        else
            low = (size_t)(strchr(words + middle + 1, ' ') - words);
    }
    return 0;
}
