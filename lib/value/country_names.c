/* Names of countries in daily use: short and old names, abbreviations, parts that stand for the whole, and the long
 * names of ISO 3166-1 where ICU has another. Compared folded (vocabulary.h), so case, marks and punctuation are free.
 */
#include "value/country_tables.h"

const struct country_names country_names[] = {
    {"AE", "Объединенные Арабские Эмираты|UAE|U.A.E.|Emirates|The Emirates|Dubai|Abu Dhabi|ОАЭ|Эмираты|Арабские "
           "Эмираты|阿联酋|阿聯酋|الإمارات|امارات|"
           "دبي|VAE|Emirate|Émirats|EAU|E.A.U.|Emiratos|Emirados"},
    {"AM", "Республика Армения"},
    {"AR", "Argentine Republic|Argentine"},
    {"AT", "Oesterreich"},
    {"AZ", "Республика Азербайджан|Азербайджанская Республика"},
    {"BA", "Bosnia|Bosna|BiH|Босния|Bosnien|Bosnie"},
    {"BN", "Brunei Darussalam|Negara Brunei Darussalam"},
    {"BO", "Bolivia, Plurinational State of|Plurinational State of Bolivia"},
    {"BQ", "Bonaire, Sint Eustatius and Saba"},
    {"BS", "The Bahamas|Commonwealth of the Bahamas"},
    {"BY", "Belorussia|Byelorussia|Белоруссия|Республика Беларусь|Weißrussland|Weissrussland|Biélorussie|Bielorrusia"},
    {"CC", "Cocos Islands|Keeling Islands"},
    {"CD",
     "DRC|D.R.C.|DR Congo|Congo DR|Congo, DR|RDC|R.D. Congo|Congo, The Democratic Republic of the|"
     "Congo, Democratic Republic of the|Democratic Republic of the Congo|Democratic Republic of Congo|"
     "Congo (Democratic Republic)|Zaire|ДРК|ДР Конго|Демократическая Республика Конго|"
     "République démocratique du Congo|República Democrática del Congo|Demokratische Republik Kongo|Congo-Kinshasa"},
    {"CG", "Republic of the Congo|Republic of Congo|Congo, Republic of the|Congo Republic|Congo-Brazzaville|"
           "Республика Конго|République du Congo"},
    {"CH", "Svizzera|Svizra|Swiss|Swiss Confederation|Confoederatio Helvetica|Schweizerische "
           "Eidgenossenschaft|Швейцарская Конфедерация"},
    {"CI", "Ivory Coast|Cote dIvoire|Кот-д'Ивуар|Берег Слоновой Кости|Elfenbeinküste|Costa de Marfil|Costa do Marfim|"
           "象牙海岸"},
    {"CN", "PRC|P.R.C.|PR China|P.R. China|China PR|People's Republic of China|Mainland China|China Mainland|КНР|Китай|"
           "Китайская Народная Республика|VR China|Volksrepublik China|République populaire de Chine|中国大陆|中國大陸|"
           "中华人民共和国|中華人民共和國|内地"},
    {"CV", "Cape Verde|Cabo Verde"},
    {"CZ", "Czech Republic|Czech Rep|Czech|ČR|Чешская Республика|Tschechische Republik|Tschechei|République tchèque|"
           "República Checa|República Tcheca|Česká republika"},
    {"DE", "Federal Republic of Germany|BRD|ФРГ|Федеративная Республика Германия|Bundesrepublik Deutschland|Duitsland|"
           "德國|Tyskland|Niemcy|Almanya"},
    {"DO", "Dominican Rep|Dominicana|Доминикана"},
    {"EG", "Arab Republic of Egypt|Misr"},
    {"EH", "Sahrawi"},
    {"ES", "Kingdom of Spain"},
    {"FJ", "Republic of Fiji"},
    {"FK", "Falklands|Malvinas|Falkland Islands (Malvinas)"},
    {"FM", "Micronesia, Federated States of|Federated States of Micronesia"},
    {"FR", "French Republic"},
    {"GA", "Gabonese Republic"},
    {"GB", "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain|"
           "United Kingdom of Great Britain and Northern Ireland|United Kingdom (UK)|Англия|Британия|Великобритания|"
           "Шотландия|Уэльс|Северная Ирландия|Соединенное Королевство|"
           "Соединенное Королевство Великобритании и Северной Ирландии|Großbritannien|Grossbritannien|England (UK)|"
           "Vereinigtes Königreich von Großbritannien|Schottland|Grande-Bretagne|Angleterre|Écosse|Gran Bretaña|"
           "Inglaterra|Escocia|Grã-Bretanha|Escócia|英格兰|英格蘭|大不列颠|英國|بريطانيا|انجلترا|إنكلترا"},
    {"GE", "Georgia|Republic of Georgia|Sakartvelo|Грузия"},
    {"GM", "The Gambia"},
    {"GR", "Hellas|Hellenic Republic|EL"},
    {"GS", "South Georgia and the South Sandwich Islands"},
    {"GW", "Guinea Bissau"},
    {"HK", "Hong Kong Special Administrative Region of China|Hong Kong|Hongkong|HKSAR|Hong Kong "
           "SAR|Гонконг|Hong-Kong|香港|香港特别行政区|香港特別行政區|هونج كونج"},
    {"HM", "Heard Island and McDonald Islands"},
    {"HR", "Hrvatska"},
    {"IE", "Republic of Ireland|Eire|Ирландия"},
    {"IN", "Bharat|Hindustan"},
    {"IR", "Iran, Islamic Republic of|Islamic Republic of Iran|Persia"},
    {"IT", "Italian Republic|Italia"},
    {"KG", "Киргизстан|Киргизия|Кыргызстан|Кыргызская Республика|Kirgizstan|Kirghizia|Kyrgyz Republic"},
    {"KN", "St Kitts|Saint Kitts|Saint Kitts and Nevis"},
    {"KP", "North Korea|DPRK|Korea (North)|Korea North|Korea, North|Korea, Democratic People's Republic of|"
           "Democratic People's Republic of Korea|КНДР|Северная Корея|Nordkorea|Corée du Nord|Corea del Norte|"
           "Coreia do Norte|朝鲜|北朝鮮|朝鮮|北韩|北韓"},
    {"KR",
     "South Korea|ROK|Korea (South)|Korea South|Korea, South|S. Korea|S Korea|Korea, Republic of|Republic of Korea|"
     "Корея, Республика|Республика Корея|Южная Корея|Südkorea|Suedkorea|Corée du Sud|Corea del Sur|Coreia do Sul|"
     "南韩|南韓|韓國|대한민국|한국|كوريا الجنوبية"},
    {"KZ", "Қазақстан|Qazaqstan|Республика Казахстан|Казахстан|Kazakstan"},
    {"LA", "Lao|Lao PDR|Lao People's Democratic Republic|Laos PDR"},
    {"LB", "Lebanese Republic"},
    {"LC", "Saint Lucia"},
    {"LY", "Libyan Arab Jamahiriya|State of Libya"},
    {"MD", "Moldavia|Moldova, Republic of|Молдавия|Молдова|Republic of Moldova|Moldawien|Moldavie"},
    {"MF", "Saint Martin (French part)"},
    {"MK", "Macedonia|FYROM|Macedonia, the former Yugoslav Republic of|Former Yugoslav Republic of Macedonia|Македония|"
           "Mazedonien|Macédoine"},
    {"MM", "Burma|Myanmar|Бирма|Birma|Birmanie|Birmania|緬甸"},
    {"MO", "Macao Special Administrative Region of China|Macau|Macao|Макао|澳门|澳門|Macao SAR|Macau SAR"},
    {"MX", "United Mexican States|Mejico|Méjico"},
    {"NL", "Holland|The Netherlands|Голландия|Hollande|Holanda|Olanda|荷蘭|Netherland|Nederlanden|هولندا"},
    {"NZ", "Aotearoa"},
    {"PH", "The Philippines|Republic of the Philippines|Pilipinas|Phillipines|Philipines"},
    {"PL", "Rzeczpospolita Polska"},
    {"PN", "Pitcairn"},
    {"PS", "Palestine|Palestine, State of|State of Palestine|Palestinian Territory|Palestinian Territory, Occupied|"
           "Палестина|Palästina|Palestina|فلسطين|巴勒斯坦"},
    {"PT", "Portuguese Republic"},
    {"RU",
     "Russia|Russian Federation|РФ|Р.Ф.|Россия|Российская Федерация|RF|Russische Föderation|Fédération de Russie|"
     "Federación Rusa|Federación de Rusia|Federação Russa|俄国|俄國|俄羅斯|俄羅斯聯邦|俄罗斯联邦|روسيا الاتحادية"},
    {"RW", "Rwandese Republic"},
    {"SA", "KSA|K.S.A.|Saudi|Saudi-Arabia|Kingdom of Saudi Arabia|Саудовская Аравия|КСА|السعودية|沙特|沙烏地阿拉伯"},
    {"SH", "Saint Helena|Saint Helena, Ascension and Tristan da Cunha"},
    {"SK", "Slovak Republic|Slovak Rep|Словацкая Республика|Slowakische Republik|República Eslovaca"},
    {"SX", "Sint Maarten (Dutch part)"},
    {"SY", "Syrian Arab Republic|Сирийская Арабская Республика"},
    {"SZ", "Swaziland|Eswatini|Свазиленд|Swasiland"},
    {"TF", "French Southern Territories"},
    {"TG", "Togolese Republic"},
    {"TJ", "Республика Таджикистан|Tadjikistan"},
    {"TL", "East Timor|Timor Leste|Восточный Тимор|Osttimor"},
    {"TM", "Turkmenia|Туркмения|Туркменистан"},
    {"TR",
     "Turkey|Turkiye|Türkiye|Republic of Türkiye|Republic of Turkey|Турция|Türkei|Tuerkei|Turquie|Turquía|Turquia|"
     "土耳其|تركيا"},
    {"TW",
     "Taiwan|Taiwan, Province of China|Taiwan, R.O.C.|Taiwan ROC|Chinese Taipei|Republic of China|ROC|Тайвань|台湾|"
     "台灣|臺灣|中華民國|中华民国|中华台北|中国台湾|中國台灣"},
    {"TZ", "Tanzania, United Republic of|United Republic of Tanzania"},
    {"UA", "The Ukraine|Україна|Украина"},
    {"UM", "United States Minor Outlying Islands"},
    {"US", "USA|U.S.A.|U.S.|U S A|The United States|The US|The USA|United States of America|United States (USA)|"
           "United States of America (USA)|The United States of America|America|Estados Unidos de América|EE.UU.|EEUU|"
           "EE. UU.|E.E.U.U.|EUA|E.U.A.|Estados Unidos da América|США|С.Ш.А.|Америка|Соединенные Штаты|"
           "Соединенные Штаты Америки|Vereinigte Staaten|Vereinigte Staaten von Amerika|Amerika|États-Unis|"
           "États-Unis d'Amérique|É.-U.|Stati Uniti|美国|美國|美利坚合众国|美利堅合眾國|أمريكا|اميركا|"
           "الولايات المتحدة الأمريكية|الولايات المتحدة الامريكيه"},
    {"UY", "Eastern Republic of Uruguay"},
    {"UZ", "Ozbekiston|Ўзбекистон|Республика Узбекистан|Uzbekstan"},
    {"VA", "Vatican|The Vatican|Holy See|Holy See (Vatican City State)|Ватикан|Vatikan"},
    {"VC", "Saint Vincent|Saint Vincent and the Grenadines"},
    {"VE", "Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela"},
    {"VG", "BVI|Virgin Islands (British)|Virgin Islands, British|British Virgin Islands"},
    {"VI", "USVI|Virgin Islands (U.S.)|Virgin Islands, U.S.|Virgin Islands of the United States|US Virgin Islands"},
    {"VN", "Viet Nam|Viet-Nam|Socialist Republic of Vietnam|Socialist Republic of Viet Nam|越南"},
    {"ZA", "RSA|ЮАР|South African Republic|Südafrika|Suedafrika|南非"},
};

const size_t country_names_count = sizeof country_names / sizeof *country_names;

const char country_ambiguous[] =
    "Korea|Corea|Corée|Coreia|Корея|Congo|Kongo|Конго|Guayana|Virgin Islands|Samoa Islands|"
    "Saint Martin|St. Martin|St Martin";
