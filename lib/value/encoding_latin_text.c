/* Encoding latin text: Western European languages in Latin letters.
 *
 * Which letter follows which, and at what cost: encoding_tables.h says how a row is read. Counted over lists of words
 * and of names of persons, places, countries and languages (wordfreq 3.1, Faker, iso-codes, and the word lists of
 * hunspell for Estonian, Irish, Esperanto and Thai), each word with a power of its frequency below one, so that names
 * weigh. */
#include "value/encoding_tables.h"

/* clang-format off */
const struct encoding_language encoding_latin[] = {
    {"en", 8, "English",
     "_7sc8mabpt9rdhlwAgfekjiBnoCvuEyGzq a5n6r_7lt8s9mcdAyiBvbgCpukhEwfzGeaojIx b5ea6uor7l8iB_sbCyGtIjchmn "
     "c5hoa7e8kit9r_AluBcCyEsGdIqm d3_5e7ia8o9rsAuByCldgEwmGhnvbtfjIc e5_r6n7s8ld9aAtBcemyCwvpxgziEbfoGukhIq "
     "f5o6ie7uarf8_lAtEsymIc g4_6eah8oruiAlBsCngEtyGmwdIb h4a5e_6io9uArBtnCylEsmGbwhdIf "
     "i4n7sc8lteao9_rdAmgBvCfpbzEkGuIxqj j4aoe6u8iA_EsnGrdIv k5e_a6i8soArhnBuylCwEbmGtpfkvdIgéc "
     "l5ea6li_7o9yAsdButEvkmcfbGpgjIhn m4a5e6oi7_8p9bAumsBcCyGnrlItdf n4_6g7edta8si9ocAnCyEkufbvlGjmzhIpr "
     "o5nr7u8_l9mswAtoBdpvbcCgakifEhyeGxz p5ea6or7h8il_9puAstEyGmbIc q1u7a8_BoEiqGsltreIbcn "
     "r5e6ai_7o8t9syAgdrBnuCkmclEbpvGhfIw s3_6t7e8hoiasAuBcpClmkEbGywnfIqv t5_e6ih7ao8r9tAsuByClEcGmwnzIbf "
     "u5r6nt7s8le9gam_AcibBpdEzkfyGvojIxuh v3ei5a8oB_EruGlysIdcm w4a5e6i_7n8ohAsBrClEyfmGtdbkcIup "
     "x4_6iapt8ec9oBuCyfhEwxlsbGvmIdrn y2_8a9soelAnBbCmitpcrdvEufhGwk z4_a6e7i8o9uBzCmhbslEyvcpgqfnGtdIjè "
     "è4r6v7scg8z9_AneaBiCmltoEdbhupGykwf é5n6se7_rt8k9mcgAjCldaoEbpiGvuhIfy ï5m6_8rae9stnioAcdlBvhuCgpbyEfkwGjz "
     "ñ3o7a_8e9irnAstlBcCudhmgpbEykwvfGjIz ö6_7rn8tlsea9mioAdhcBpbguCzkvwfyGj ü6r_7ne8lsa9hctioAbdBgmuCpyEvkfwGzj"},
    {"de", 12, "German",
     "_7s8abmkgh9edwrpltAfnvBcijCzuoGyüIq a5n6_7rlu8ts9mAcgbdBhCfikpEßyavwGzejoIx "
     "b3e5a7iu8ro9lA_sCtEühägbGwyönzIkdf c1h7k9aoBeC_iElurGtsc d3e6_i7a8o9ruAtBsClEwhöndybmGjgüfIäkp "
     "e4r5n6_7i8lsAtBgmCbdhcueEkfwapGovxyz f5e6r7a_t8filoAüuBsCägEömnGwbzhkIp g3e4_7a8r9siuAoBltCnEhgkbmGwüdäfIöy "
     "h4e6a_8itrloAnuBmsCwäöEügkGhbyIp i5n6es7tc8_lgAramoBkdCfbvEpzhGujIiß j3a5uoe8i9ä_AüCöGskchIpdbn "
     "k5ea6o7_8rtuilBsChnögEüwäykGmpbIzf l5e6ia7l_9toAdusCmbfzäEgknüpöyGwhvrcIj "
     "m4a5e6i7_8om9ubApBsCtüEäölGgnwyrfdIkh n4_6g7de8at9isnBkoCzbuEfhcrwGlypjmv "
     "o5r6nl7_8s9tmAhbcgBpfduCkwvEoaizeGyjIx p6ear7lio8p9fhuA_tCsEäGöIyü q1u8_a9iBeCoEtsrGqwlmnIchg "
     "r5_6eia8to9sguAndBmbkClrfEzühwcäpöGvy s5tc6_e7s8i9aApBoCuhklbEgmwyGzrfvüädInö "
     "t4e5_7ira8z9tshoAuClEäwmgGnbükfpyIvö u4n6s7r8tm9l_efcAdgBbapCkiEhzGwvIoyx v2e5oi6a9_CsEöulrIktgn "
     "w3e4a5i8oA_uäCüEöGsnhlrIy x5i_t7ae8pAuBoChcxEkylwszfGbmvdnrIg y4_5a8es9olnAurmipBdCtcEbkgvGwIz "
     "z4e_6ui8a9oAtwBlCsmEbgäürphyGzködfn ß1e6_AlBsCwEapnfgrGbiIht á3_4n7r9lAcsBpdteCáikgmaEwyvzhbfGxou "
     "ä5n6rt7hu8scl9fgAdBmCiEbkGpeI_ è5sr6_8ne9vglActaBwomiCzèdhuEbpkfIq é3_7n8rl9stAmdeBkcaCbgoEvqufiGxzypjéh "
     "ó3n5_8tra9cseAlBgoiCbhEpmdkuGwzvf ö4r6s7hnl8ftcAgBdmwCpbvEk_GxIßzie ü5b6rhcn8lts9dAgBmCfEßpG_k"},
    {"fr", 12, "French",
     "_7camp8sdblr9tgAfeBvinhjoCkéEwuqGyz a5n6r7_il8ut9smAcgBbdvpCyEkhGzfwoaïjqeIî b4o5ae7rli9uCé_EsbGèyvwIthj "
     "c4h5o6ae7_8i9tArluCéckqGysIè d5e6_ia7éo8urEsdèybjGhnmvgIl e4_6rns9ltuAmcCavizbxEdpgfGyoeIk "
     "f5_6ioar7ef9lAuBéCsEèGt g5ea6u_7oir9nAéBlChEgèbGsmtwykId h4ae6i7o8u_éArEynmètGlIswâô "
     "i5n6es7lt8_r9ocAamBqgvdCbfEpèéGxkzIjuy j4ao5eu8i9_CéGàsdpnrIhbm k4a6_oe7iu8hBlwrCsyEpnkéGbtmIg "
     "l4e5a6li7_oAéuCtsEybvdmGèpgfIcn m4a5e6oi8pb9_AémuEysGtènIêc n5_t6e7a8dis9gncoCéuEvfGyrbjçkzIqè "
     "o4n5u7r8_lim9stBcpedCbgyEvokfaGqhwzIéë p5ae6or7i8hl9puAéBt_CsGèIyê q0u9_CaEiGboInde "
     "r5e6_ai7o8t9édAgrBsuncCmElybvGpèêqkIf s3_7eat8si9oAuBcéCphEmyqGbklnvId t4_5e6i7ar8o9htéAusEbGycnlvIèd "
     "u5r6e7_8slintAfdcmvxaBbpCgyEékGozhjIqw v3i4e5a7o8rAéC_EuyêIèl w2a5e6i8o_AuCnhsEyrléGkbtdcIm "
     "x2_6ia8eptAcCvoéuEbyxdnGhlIwf y3_6ae8o9nsAmBulvibpCrcdétGgIk z2_5a7i8oeAbBuCzhnEéyglGvdmrIès "
     "à1_CnoaeEyhslcuirtGdpmbgIvé â3t5c7l8gnm9_ArBbaCysieEkpqhuoGâjwdIvé ç2o3a8uC_EeirGàënstlIcmd "
     "è4r5s6v7n8glt9mAqcCdE_bGzIo é5_6e7rs8clt9mpdgAvnBoCafbEqGjiuIh ê2t6m7q8c9nAvlB_EpeGursaio "
     "ë1l7_8r9sAtnBeCbaiEmdcouGvgpéhIf î2t5n7_lBcmEsreaiGouIdp ï5ds6_8qtn9eAcmlaBrCwkgbvEzféoiGup "
     "ô3t4m5l7n9_BpCreEdosiaGôvucIghéb ö6l_7r8vn9ymteaAbgsiBkdouChpcEzféGwIq ù2_8ne9ùriaAtosBluCcmdEpébghvGfykIjq "
     "û3t5r6l7_AneBcmaCsioEduGgpbéhvIkf ü6n7r_e8s9khtliaAzbpgmcBoCduEévGyfIj œ2u7i8_9neAstraBdcloCmEbhpégGvfyIk"},
    {"es", 12, "Spanish",
     "_6ca7p8msed9rbtlAigfvhnBoCjuEkqyGzwá a4_6rn7ls8d9mcAtbCgpuEvyizjñkGfhewIqo b4a5e6ir7ol8uC_EséáíGótycjhbIdú "
     "c4a5oi7eh8uArtBlCc_EóáíGkéIn d4oe5a6i8_AruEíéáóGmIghysd e5rsn6_8l9cAtmdBgzaCvopxEjbifuñGeyqIkw "
     "f4i5ea6ro8ulB_CífEáGgétnsóIc g4a5u6o7rie9_AlBnChEíóáGbdséümúgtIwk h4a5ei6o7u8_CtEnmrlGíúéwyáhIsó "
     "i6na7co8slde9t_rAmógBvbzCpEfGkqñéujáIx j3a4o5eu8iAóB_EáGéjpkbsInd k4a5_6i7eo8u9hBswryClmptEngGfdIvábkc "
     "l5ae6io7_lAuBtCdmvbEcígóáséGfpIy m4a5eo6i8p9buA_BáCéEíóGmúIsnry n5_6at7do8eic9gAsCuzEfvéyGínjmrIókqá "
     "o3_6snr8l9mAcBtCbdpgvEauyfzoGjekiIqh p4a5e6ro7i8ulB_CtEúcsGóíáphé q0u9_CaEiGrmvjxsIpoce "
     "r5ae6io7_9rtAuBmdcíCnáslgEbóvGépqIzf s3_6t7ae8ioAucpChEmslGfIéíkqá t4ae6oi7r9u_CáEíhóstéGlIcúy "
     "u5e6r7nia8ls9c_tdAmBbpgCzEyjéíkvfñGoáIqx v3i4ae7oC_íáEuéGóIn w3a6i7_e8oAynBuáhCtlsEkfbrwmGgzdxéIc "
     "x4i5p_6t7a8cAeBouChxEvmysjdrlGwqfgIóán y3_4a6o7e8uAiBnClméstEróádcGkpbgwhIyvzx "
     "z3a_7oAciuBeCqóáEgmbznGyIhàkl à2_8a9sneAroiBcltCbmduEgpGfvhzIxqjóáíy á3n6_7rs8l9tAmbcBeCzgfviEuxdñpIh "
     "ç5a6_7o8eir9nsAlctdBumCpbgEvhfzGókjáíyéIq é3s4_6n7r8l9tBcCidgvxmEpbaeGfjIqu í3a6_n8s9otAcBrfgmCdleEbGqvpñ "
     "ñ2a3o6e8iBíCóGuá_Ié ó2n4_AlBmsrgCdtEpfGbcxvIñzo ú4n6b_7l8s9tazrAñmeBdgCpcEoGiIj "
     "ü3e7ís8ki9rn_aAlBcoChbdtEégmpuGvIfz"},
    {"pt", 10, "Portuguese",
     "_7camp8sde9rtlfbAinvgBohCjEkuqGwzIyáx a4_6rn7ls8dmAtiBcvCbgçpEufzGqeyhkIojw b4a5re6oi8u9lC_sáEéGcyhjbótúImí "
     "c4oa6i7eh9urBlCt_EkáGóêécíãIâ d4oea6i9rAuB_EêGãámójégsIdíy e5s6_nr7i8l9mAcdtBgCavuxEpbofjGezqçy "
     "f4i5ea6or9uAlB_CáfEíGtéâIó g4a5uo6e7ri9_BlCnEhíGêéóásmgIâbã h3a4o5e7i9_uBãCtEmrnGáúylIéíõs "
     "i6an7rcs8ot_9dmlAvBgeCzbEpfxqGçukãIjá j4oa5u6e8iBúCé_áEãpbk k4a5_6e7i8ouhAsyBlCértkmEwpnGf "
     "l5ai6_e7o8h9uAvBtldCmgEísácbGyêépâóúfIk m4a5e_6o7i9pAbBuCéáEãGíêmõIóysú "
     "n5t6ad7oi8e_9cghsCçuEfvjêGánrzãyéqkíIúó o3_6sr7n9mlAuBctCvdgabpEfieGozIjkqw p4a5ero7i9lAuC_tEúsóhGácpéIí "
     "q0uC_EaGü r5ae6io7_9tArBudmcCgnEsávíbGélqãyópIfç s3_7ta8eoisAcuBpEhmãlGéáíqfIbk "
     "t4a5eio7r9uB_CóhEáãtséíGêcâlIy u6er7_na8ils9tmAdBcgbpCzíEvêGxçfkoéqIj v3a4ei6oB_EíéráGãêu "
     "w3a5i6e7o_AhnBsCkyrElGtbdumcIwf x4a5i6eo7p_8tAcCuEãéxGhívyIõáls y3_4a8o9enAlusBmiCckrEbdtpGwIgv "
     "z4a_5e6i8oAuEâzbygGhélãmá à2_5s9qaAroeBiCclndtmEgbupGfvh á4r_7ls8vt9bucAgdCfEzqpGmxn â1n4mE_GotieraIs "
     "ã0o8e9_Es ç3ãa6oõGáu é4_5r6m7sl9tnAvcdiBbgEupxGqfoaIe ê2s4n7_9mBdEvGuxebaIri í6csn7tdv8l9raAmgpbB_CfçEoGzqj "
     "ó4r6n7ls8tgvp_9dAiBcCbxfEmoGqIea ô2n5m7_a9sBrCloEdeiGcvtIfbpu õ0eE_GsaoirIn ú4b6l7njcs8r9dApmtCv_EgGoaIzei "
     "ü5es7i8êr_a9nAloBíhcdtCbmuEgvpGfIzã"},
    {"it", 8, "Italian",
     "_7cspam8b9trdgfliAvenBoCkuEhqzwGjy a4_5n6r7tl9msAgcBvdzCbpiuEfkyGhoweIaj b4a5ie6o7ru8bAlE_GywhIs "
     "c4oa6ih7ceAruCl_EkGtq d4i5eoa9u_ArCdGhsjyIlg e4_5r6n7ls8tAgdmBcCvaiEopzbfGueIyk f4i5a6oe7rf9uAlC_Gt "
     "g5i6a7ole8unrg9_AhGbwIsdkmt h3i4e5a8o_uCrEtémlnGywèIhs i4_6na7o8cs9tlAemBgrvCdzbEupfGk "
     "j3a5o6ieu9_EsdpnrGkhbywjmIvlt k4a6_o7ieu8hBwrCslypEnktGméIg l4i5ae6lo9_uAtCdmvEcbfgGpsyz "
     "m4a5eo6i8pbAum_GsInl n6toiae7d8_gAcnBzsCuEfvGykIjq o3_5n7rl9smAtBcvgCpdEbuifGzkoaeIw p5aeoi6r8p9uBlC_EhGst "
     "q0uA_aBiEeoIqctlr r5iae6o9tA_rudBcnsmgClEbvGzpàkyIfò s5t6iae7sco8_9pAuChEmfGklvbqIg t5iaoe6t7rAu_EàhGslIy "
     "u6r7nsat8l_ic9meAgodpBbCzkEfGvywjIx v4aie6oCvr_EuIl w2a6ei7o8_AuBnsChEylrGktbédcIwèm "
     "x4i_7ta8e9oAxBpcvCuwlEyfmhsGdíbgnrIó y3_4a7o8eu9iBlnsCmrtEdcpbGgkwyvIé z3i4az7o8eB_CuGh à0_EnGsoiaeIyrt "
     "è1_9rsCvgcniaEwmzlteoGèdupIb é2_8nr9lsAtdmBceoaCkvEgfqupiGjyxéb ì1_AnaBtroiCceEpslGdugmbIvzf "
     "í3_6na8soAeBgriCvmctlEkdpuGbzfIh ò0_CaEnrioeGlsctIpmgu ó3n4_8a9croAtieBsCmplEbgdvuGzfhIk "
     "ù1_AnaBioeCsltrEùcmugdpGbvzIhf ú3_6a8nr9bmiAcsltoeBzCúEpdugvGfhIjk"},
    {"nl", 3, "Dutch",
     "_7bs8mav9gdhkltopAwrncejBizfEuGyIq a5n6ar7_l8t9msdAgBckCbpiufyvEhezGwojIx b4e5ao6r7i8u9lC_bEsGytvhjIwd "
     "c2h6oa8e9tkiA_BurlEcyGs d3e4_7ia8roAsuCdEthwylGbvjgzpmIk e5nr6_7l8e9sAtgBdimkvCufcbpEawzGyhxo "
     "f4_6e7ia8or9ftlAdsBuCgEbwkhGvémzpjnIyc g3e4_7a8r9oiAuBshCdtgElnGbmkwIyv h4e5oa7it_8uBrElnsGmywIdb "
     "i5n6ej7s8t9l_gdcaBrkmCozvpEëbfGuIyq j5ek6a7no9_sudAiCflzvmEgtpbGchIwèr k4e5_6a7o8i9ltskAruBhCwEnybmGjpIgdv "
     "l5eia6_7o8l9dAusBtEkmfgybpvGhjwrIczn m4a5e6_i7oAmbpusEdtyGérlkwhgcIzn n3_6g7d8esta9iAonBkCbcEhuvlzGwrpjymIf "
     "o6nr7oe8ul_9mpsAtfvBgdCkcbEiwahGyzëIj p5ea7_ro8il9puAhstEgGvjmdbnIkzyw q1u6a8_AiBoeEqbrstGvmclnId "
     "r6ei_a7o8ds9tAugkBlnmCbrhvEwpzcyGf s4_t7ec8i9asApoBlhCumkbEjwdvnGyrgIzf t4e_6i7a8ro9hsAtuCjwEgylbGvmzcdkpIn "
     "u6ir7ls8ntw9md_AkucgBaebCpEzyfvGhoxIj v2e5a6oi9rAlB_EuGysIcn w3e4a5i7o9_CsEdhrnuGbkltyIp "
     "x4_6i7ae8tp9oAsblBcwChxvEmyurfdGn y4_5a8ls9oenAdrpBmcuiCbtEgwkhfGv z4e5ia6o8u9w_CzEjyGrhbsIpgnlm "
     "á4_n6r8lc9sAdBptCvxgbeaEzáioGkmuh ç3o4a8e_AëáinrBtslCudgmEkhbcpvjGwfzIy "
     "è4n5r6s8gv_AceBmtlaCzioEdbhkuGpjIèwf é4_6l7en8r9smAétBdkCcgboEuvjqahGyïpi ë2_5nl7rBsCetiEbvdGxmpzwaIfo "
     "ï4ns7t_8e9darAmBlCcEbgoiGvkuhIwpj ó3n7r_9óstaeAgloBcpbCfkmiEvuhdGwjIz ö6rnls8ke9vtApbd_BaCyhmioEzcguGwfj "
     "ü5r6n8mkhse9tila_AgbBzcCpdoEvuGyfjw"},
    {"ca", 1, "Catalan",
     "_6a7cp8esmd9tribAlfvngBhoCujEkqGxwàz a4_6rn7lt9cdmAsBibpCvugEkfGwqhjyzIeço "
     "b4a6leir7ou9_CséEàthGèújcòbdIwmnyv c4a5io7_8e9truAhBlcCsEàGèkòíIn d4e5ai7o8_9urCèEàjòísmGhdgIóyv "
     "e4s5n6r7_8l9mtAcgBiudCxpavEbfoGeqjwIyk f4i5e6aor8u9lB_EíèàfgòGtsIóp g5ua6ei7ro8_AnBlCüEhèmàsGbútògkíóId "
     "h4a5io6e7_8uCtrEàmnsGlyéwIkv i6n7ac_t8s9rolómAedxgBvCbupfqEàkIz j3a4u5o7eiBàC_EpbGkúó "
     "k4a5_6i7eo8u9hAsBwylCrpEmtnGúfé l5a6ei_l8o9sAtuCígàmEdèòbvGcpfóIky m4ae6i7o_p8bAuCàEmèséínGòórItúy "
     "n5t6_a7ie8sdc9goAyCvuèEfçnGíjqzkàlIòr o5nr7l_sm9tcAbBpdvCgufEikoaGeqjhw p5aer6o8il9uA_tCsúEcGphàèíIò "
     "q0uBü_CaGi r5ea6i_8o9tArsBdumCàcgnElíbvGèéqòpIkyfç s2_6t7ae8i9soAcuBpEhmlGqfIíàkwróg "
     "t5_a6ei7r8so9uCzàEhxgíjGòètlméIy u6er7_na8istlAmdcBpbgEèïíkGévàxfjzoIy v4aei7oC_uíEèéà "
     "w2a5i6e8_9oAyCnuhEkòsbjGrltId x5ei_6a8p9otBucCíòEèhGxmóékvàú y3a4_6o8esAiBunClmtEcàérGdópIw "
     "z3a6ei7_8oAàuBbzEhyglíGóIn à3_6nr8ts9lcAmBfvCbgEphuxzqGidIk ç1a6_7o9uBóCàEòGmeiIsrnt "
     "è3s5n7r8_9tcAlCdmxiEpgufGqv é2s3_9nBrCulitEqmceGdvpaIgbo í4_6sn7t8c9aAmflvdBrgbeCpoGq "
     "ï4t5n6sd9cl_AmabBreExiGuoIgf ò5rn6l7_mg8s9ptBbcfCdxEqGvIa ó0_8nsCrGcmIpl ú4b5s_7l8n9rmBtpCigEvcdaGeIo "
     "ü2e7lí8è9kAiBrCtna_EscGhbmdouIp"},
    {"da", 3, "Danish",
     "_6s8bkmfhat9ldpvrAgneoBicjuEøwGåyzIæ a5n6r_7dl8t9gsmAvBkbufCcpaiEhyGjewzo b4e6oar7i8ly9uA_jBæøCsbEnGåtIh "
     "c4h5a6eo7i8k9_AlButCrcyGsqIm d2e6_7s8ai9rAtBoCuvbldEgynhføGkmIj e4_5rn8ltjs9dBvgmEkbafpGihceIoyu "
     "f5o6r7ate8i_9løfAuBæCsåjyEgGhdbIv g4e5a_8t9rAisouBlngåhEvyøGdbæmj h4a5eo7i8_u9vøArBjCylåænEstmGw "
     "i5n6s7gl8_9kdetaArvoBcmCbEfpGuzIijh j2_5e7a8oAuBæødsClirEybGtnvgkIp k5e_6a7o8rik9slAtuBøCnæyvhEjGgmIå "
     "l5e6ia7l8s_d9oAutBmyøCægbvEkfGåjphéIr m5ae6i7_o8mAuspbBøCåtælEyvgrfnGhkd "
     "n4_5d6e7gs8i9atAnBoCkyEucløæhbvGjrfImåz o4r6nl8m_v9gsdApuftBkbEhceoawGijIyz "
     "p5e6ar_7o8il9psAuBhåtCgEvæføGdkymnIb q2u4a6_9iAoBeCqrsElnGvtdgIkm r5_e7i8as9ougædtAnBkClørmvbEyhfGåcIp "
     "s5te6_k9viasAoBlpgøChumyEcbnæåGjIdrf t4_e6i7ra8o9tAhBusCyEøljænåGvIzmcf u5n7srdlp9m_tgAeaBbkCicfEvGuzhxIjy "
     "v2e6i7a8_9æoAnCsErlGtdågvuIbø w3a4i5e7_8oAnBsChyErkcGlftédIüb x3_6ea7i8tAfoøhClvxcpyEugéGbdrnsIm "
     "y4_7sdr8gna9lkAteBvobCmpEhuGiIcf z3a5e6_i7o9uBhzCgnEbrlmtGyjcvüsdkp ä4n5r7hä8i_9eAasBtldCogkEmvubjfpGøyæc "
     "å3r5_7d8ble9nsBgCvEtmkGh æ4dr6n7sk8lg9tAvBbCmEfG_eciIa é2_7n8tr9eAskmBqdClogEvubcGai "
     "ö4l5s6v7rd8_9neAtBaCiogEkmubhGjfpøyæc ø4r6n7dsj8lvgb9_BemCkEtfyIi ü5n6cr7s8ze9t_AkmhBlgaCbidoEvuGjfpIøyæ"},
    {"nb", 3, "Norwegian",
     "_6s8mkabhtf9elrpdAngjivBouCcEøGåw a4n6_r7l8st9mkAgudvChbpiEfycaGeIo b4e5a6r7oi8lu9yAøbBsjE_Gåwhæ "
     "c4h5ao7e8i9k_AuBrCtlEfcdysImn d4e5_6a7s8irAodCuvltEbøhnmgyfGjkIåp e3n5r_7t8l9sBdigkCmvEbapfGheoIc "
     "f4o6r7aei8lj9føtA_uCyEhåGgæs g3e5_7r8au9siAgjBolnåhCdEtyGbkmvIf h3a5e6o8i9rAø_uBvCånmjlEtys "
     "i5ns7k8laegt9d_ArvBmCcobEfpGuIj j3e4o6ø7aAuiEæG_kIdm k4e6_7akor9sitAlBjunEyvhGåm "
     "l5ie6al8_sAtdouCvybøgkEmféGhjpåæ m4a5e6o7i_8m9yAusbBpCåntEflørGhvgIck n4_6es7dg9ntiaCohklEbrfuvymGåjæøcIp "
     "o5r6nl7m9p_sAgkdtvBebhfCaEuoGwcyi p4e6rap8oliu9_BtåsEhnGfødgyIm q2u5a8_BeCvirsnEltokGbphdgmIqf "
     "r5e_6i7a8s9otdAugknBøCblrmEåyfvGhIp s4e5t6k7_8is9aAjoBpCvløuEmyhbnGfråcæwId "
     "t4_5e6i7a8rtoAshuCyEvnjløGfbåIgmk u4n6s7trl8gd9bAkam_eBpCyEuifvGcIhøw v3e4i6a8o9n_AæåCsEtdhlGgrufvIbømk "
     "w2a5e6i7o8_AhCnszElrGybtkudIcfm x3_5a6i7e8hAtpCxoylEcufsbdknrGvmIg y5_6k7rens8ag9tAlphdBmCvEofibcGu "
     "z4a5ie7_o8u9zAlCyEhtsnGbmkfgdrIwp ä4n5i7r8_9lseAtaBgkCcmudoEfvhpbGjyøIäå å4r6_st7l8kg9dnApBveEfGbmIh "
     "æ1r6stCvlEp_dGkneIg é1e6_9lunBrCtsEmaoGdgpvbhkiIc ö4sd7r8_9nAmteBlaCpgkiEfhvbouGwycjIzø "
     "ø4r6y7m8k_nde9sAglvatBpEfIb"},
    {"sv", 5, "Swedish",
     "_6s8bmkalf9htpAegnvdrijBocuCwEöåäGyz a5_nr8lt9sdmAgBkbChvcpEiufyGwjeaxIzo b4e5a6o7ri8l9u_BbjyäCöEsGådwIh "
     "c4k5ha7eo8i9_BluCrtcEys d4e5_6a7i8s9rAouBdCbglnvEhjöktqmGyäåéfIw e4r5n6_7tl9sAdBmkCgvaEfcbpixoGhejåyuIw "
     "f5ö6ar7oi8et9lf_uBäsCåEyGjg g5_ea7r8s9uAoitgBlnCåhöEbdämGvkyIjwf h4a5e7oi_8u9läAöBårCbmjnEytGws "
     "i4n6s7g8l_kt9adAeocvBrmEbfpGuxhzIjy j5ao6öueäAi_CdEslktGn k4a6o7e_8tr9lisAuvBönyCähgEmGwkjåpbIfd "
     "l5ia6l7e_8su9oAmdBtäCjyvökbgEnfåhGprIé m4a6_e7i8o9mAbuBspCäåöntEylgrhGfqdkIvj "
     "n3_6dg7a8si9etAnoCkyEuväGclbjfhrIå o4n5r7l8m_9tsAgBdpcbhCkuvfEoawGiejy p5ae6p7roi8l_AusBåthEgnäGfvmydIkb "
     "q2v3u8_aAiEoeGqrtlsn r5_6ai7e8go9snAtkdäBöulCbmråEyvGhfjIpcé s5t6_7sko8ae9iBpvlCuhmjEäögnycåbGfrId "
     "t5_6aei7r8to9sBuhCäEylnvåjGöbfmIzgck u5n6s7rtl8_9mpdAkagBebiCvcEfyGhwzoxjIu v4ia5äe9_BåsoCluEdtrngGbkIfvmh "
     "w3a5ei8o_BuCnhEsrlyGkbdtIéc x5_6taei9pjAoBluCcnEkfhsGwxbymådvIr y5_6a7rs8g9tclndAmkoeBuCipvbEfhGx "
     "z4a5_6ie7o9hAuzCéjygEblnmGrkswtpIcd ä4n5r6gl8t9sdmAckBvCxEpfG_ å5r6_n7klstg9dCebEvhGpåmfIa "
     "é2n4_8a9esArBlCdtmkEcuvoGqfgbiIxyjp ö3r6m8sdv9nplAtgk_BjCbEfhaIc ø5r6_7n8sea9dltiAkmgoBybCvphuEjfäöcGåIw "
     "ü5n6r7_8esa9khbtAzgpmliCcdoEfvuGyjäöIå"},
    {"fi", 3, "Finnish",
     "_6k7tsp8mlavh9rjAenoiBbCyugdfEcwIäz a4_6n7lar8it9sAkmuBvCphjEdgGbyIec b3u5ae6i7o8rBlCyöE_hwGcbsIä "
     "c4h5a6o7ke9i_AutBrylEfcdmGsIn d4ie6ao9u_ByrCäžEöhsdGgjféblImq e4n6l7rt_8s9ieAvmBkChuapEdGoyjgbIcä "
     "f4a5ir6o7e9_AfluCgäsytEöpGkIc g4a5i6eo7ur8_AlnByChEmkbgsGwtdv h4a6eti7o8ud9äAyjBmkC_ElvrnIö "
     "i5n6_s7t8lk9eaiAmBrvCodhEjpäGubcgö j2a5oä7ueAiEyö_Ik k4a6iuo7kesAäByCr_EöGthl "
     "l4a5i6le8äou9ktAmCv_EyjpGösdIg m4ai7eä8uomApByC_bEs n3_6e7i8tak9nAosBguCdpäbEyGljhmIvr "
     "o5n6l7i_8srtmkAuhpBoCjvadEgyGbefIc p4a5o6ieu7ä8pByCrEstlö_Gh q3vu6a9_BiCltenErsokGpmhäIdjy "
     "r4i6a8eod9kutvjBsmä_ChgrynEplöbIé s5ti6ae7s8k9_uAoäCyEhpvmlGjnIrc t5a6itu7e_8oäAyCsköErhGšIl "
     "u6_7lsnut8okr9jAimBhavdCpeEgGb v3a4i6e7ä8o9uEyG_Iö w3a5ie8o_BhyCkänsErlGtuIcbdm "
     "x4_5aei8h9tApBoCxcuylnEfbvämsrkGdjIw y6tl7n_s8yhkö9mrAviBadpCäjEoeGguIcb z4a5i6e7u8_ob9éBzghlEynGmkstIpr "
     "ä4_6nä8rit9klsmAhvyCjeEpIdoa å5l7r_n8ksia9teAouBhmCbväpEgdjyGfIö é1n7_8luBaCrmsetiEokGdvpähIcbgjy "
     "ö5n6_7s8lkitmr9yBpböCjhävEdaGgeIo š4e5aiu8k9_AotBšEnGslImr ž3i4a7_8n9uoCetEslkGrmävphIdyj"},
    {"is", 1, "Icelandic",
     "_6s7h8bamf9kgevlAtþrdnBáCpjocuiEíyóúGöwIæz a5_rn7l9mAsðugfBtkCdbvpEiyhGcweIajx "
     "b4e5a6j7rou8iAlBúæíyCóE_böáGýhwsIn c3h6ao7e_8i9kAurBltEcyGsdmIfw d3ó6ai7_8us9eArBdíoEvjlGýhgbæyúnIámöw "
     "e5ri6n7l8_sgyAtfBmkCðEdawpvbGexocuIó f6ri7aun8sl9eoj_AtyBéCæðóEáfögíGhbúdkIm "
     "g6ua_7ie8rsAnghlBjoCtvðEmbófídGöæþúyIwká h5ae7i_8ru9olvAáBjöúóCæéEntyGíIms i5rn_7s8lðAgtkBmCafdEpecbGvo "
     "j3a4ó5ö7á8u9úBeiCoG_í k4a6i7u8_oer9ktAjsnBvlCóyhEímáúGöwæýfIp l5a6e7lid8_9usíAfBomtCjbgvöEkáýóæyGnúrhéþIp "
     "m4a5_7ie8u9osAbáCymóítEölædfknpjhGrúgvýIþ n4_6n7dags8i9uAeBtCobElíkýhfvmjGóáæúrcyIþ "
     "o3n5r8_9luAktmsBgfCdpwEðboGacvihIye p5a7piuoe8_r9thAlsnBáCóíEúyéGjmödfgæIvb q2u6_a8i9eCcrElnstGgdomkIófhðbv "
     "r4_7ias8e9gntAðíBukColrfómbúáEyævdjhGöépIc s6tsod7k8_9iaAeBvlCuhíEmnpójæGöbéýráfIyúg "
     "t4i5t6_7a8u9eAorhBsíCjóEölnævyGúmýIáfbgk u4r6nm_8g9sðtAlCpkEadfiGebcIvyw v4eai8í9oæAöCéEr_GuáIs "
     "w3a5_6e7in8oBuCsEhylrGbkéImwt x5_i6ta7e8í9slAnBupCodfEhmvGxbyácr y5_6nr7a8l9gtsjAfkoBmCieuðpvEdbGþIhc "
     "z4a6i7e_so8hAuóCzygnEkúltGmfár á5l6rs7_t8ðn9kBhfgmCviEbupaGæde æ5ðr6t7kn8mgl9svAfCdjb_EpiGþIh "
     "é4tl5r6_8g9kðAsBfCunEmGbda í4s6n7ak8ðm_9uAtfrBlgCebEvódGþoIp ð4_5ui6a7sAvlBrbmCfgnEhjGdkóetIþ "
     "ó2t6r7l8ns9ðAmBk_CpfEavibGhgdIe ö3r6lg7nð8fkBtsCmEx_Gpd ú5n6stl7r8_9amAðkiBbdegCpfEvGuxIí "
     "ý4r5s6_ð7n8j9mtBlCpbkEvagGfdiIh þ4ó6eo7jra9iAýáBuyvCúæEíéGö_b"},
    {"ga", 1, "Irish",
     "_6cs8tbmagdf9lpAnirBhCoeuEévGíúáó a4i5c6_7nr8í9slAdmtBoCgbEeGpfIv b3h5a7r8euli9oáAéBóCíúp_GsctIv "
     "c2h6a8oe9irAlB_áuCóúíEénstImf d5ah7ei8_íór9áAoúBéCutsElmGcfIj e2a4_6i7o9áElnrGst "
     "f5a6hroi7e8u9áéAíóBlCgG_túpn g3h5a7e8ir9_láAuBéóCconEíútGsmb h4a_7te9riAoálBuCníóécEúsdmfGbg "
     "i5sn6r7lgt8m9odaAcúBbCpEvfIu j3i4a5bAuBe_CíhnrcEústlomGgdáIóép k3_4r7iselBaEhnctGomgídIáb "
     "l4a7ei_l8t9áAíóoBéuúCgbcEsmdpGvfr m4h5a6_8ie9áAíbóoBépCunEsúrlGct n5_an7e8it9gAíBdcsCáéóElmúoruGfbIp "
     "o5i6nrc7lm8s9tbgBdC_EpGfíIu p5a7eoril8há9íAóéutB_CúGs q2u7a8i_9hAnrcsetBloCmgídáEbóéúpGf "
     "r5a7e_i8ít9áAéoucBóúgdmbsrCnlEfGp s4_6a7tec8iAlípBhuCoámrnúEéóGbIf t4ha7e_8ir9áAíóBosuCéúElGn "
     "u3a4i7r8n9áAstlmcBíCgbE_dvGepxf v3a5ie6é8_á9íAóBoIul w3i4o7a9_AhBnrcsetClmEgídábGuóéúpf "
     "x2i5a9e_AéhBínrcstClomEgdábGuóúpf y5nm_6aeoBóCihErcstlGgídábIu z5a7i_8óú9zhnrcAésetlBomgCídábEupf "
     "á2i5n6l9rAstBmcCbd_EgGívf é2i3aB_GcIusb í3_5on8mAscBlrtEgdbGafv ó2i6r7g8n9_sAtclBmCdvEpGbhí "
     "ú3i6_nl8r9cdAtsBbCgmEpGí"},
    {"cy", 1, "Welsh",
     "_5a7sb8cmtg9lpknAdhifBreCyowvjEuzGq a5_n7rl8m9istAdceBgbCuyhwpkEfzojGva b3a6eo7uirAlwByC_EchnGéIgbï "
     "c4a5h6o7e8_i9rAyuBskCtwElcámGôInd d5_a6edoiAuBwCsyhrEjlfGpzéIng e5g6_nr8ls9dtAimBacCwyEevbuopfGkzx "
     "f4f5ai7re8o9uA_BlCtnyEdgh g3_5a6o8ue9wriAhClEtbdyGngspöï h4a5_6ie7o8uBtwCmyErGnlhâIgsdpkéqö "
     "i5n_6a8sr9tdceAlgBobmCkwpEfjvGuyqzIh j3a5i6_7u8oApwBshbCeïgk k4a6o_7iuh8eAlBsywCngmpErGéá "
     "l4a6_ei7o8lAuBdtbgCwymEpkvéGshnfzŷ m3a6ob7ei_AupCyErlstdGögmwhIncfvéáô n5_6ag7eid8t9oAyBsCcnwjEzhubkmGf "
     "o5_n6r7l8u9mAsgtBebCfcvakowEpjiydzGhqIx p3a6ueo7i9rAhwBl_CsEmGpéá q2u3a8oG_ "
     "r5ai6e7_oAgdutBwnhbCcrymlsEpkGáföéIŵzï s5_a6i7the8oAswlBuCyckEnrbgmGp t5a6h_ei7o8s9rAuBwCtyElnfGc "
     "u5r6_7an8t9mlseiAcbdgCykéEzjohGpfqxIv v4aie7o9luB_Cnrgdy w4a6e7yr8i_s9nlAcBgmoCbdEuéGtpfjk "
     "x3_5o7h8ailuGneIr y5_a6r7dn8s9omlAeBiwuCcftEpghkzéGv z3a6i_7o8e9uhAgzBwCnlsmby á1_5n7r8scGaIie "
     "â1_4tBaEnieroglsGdmuhbcIwy é2_6l7n8roAdmuqGa î1s8a_AniBeroCgltdmuEhbcwyGpkfIvj ï5ar_6e7nbGioIglstd "
     "ô3n4t5rhCa_EieGoglsdmuIbc ö4e5s_7lmyEaGniroIgtd ŵ2e3nAa_CirEoglstdmuhGbcwyIpkf "
     "ŷ1rAa_CnieoEglstdmuhbcGwypkIf"},
    {"sq", 1, "Albanian",
     "_7sm8bkac9prjgtlhdAwfneBivEouzçGyIx a4n6r7l_8ms9tdAvBiuckCybjhpEgzfwGeoIx b4e5ua6ro7i9lCbsEë_yGjv "
     "c4h6ao7keiArl_BcCutyEdëGqgmbIf d5_ea6i7o9rsAuëByCwgEhmldtbGnjfvIk e4_5r6n7sl9tzAywBvCapdmbegEkoicjfx "
     "f4o5ru6ie7f8a9lC_mEgsGy g5a6h_7uejor8iAlCsEtëGgbmn h3t6a_e8ioAuCrnEëylbGmkIsqfw "
     "i3s6n8lta_9eckArdBmgCvbpEozfGuxIhç j4ea5o6u7iAtBëCnxEvlmsk_Ggzr k5eai7o_8sru9ëCmlyEntGbwpIfd "
     "l5iela8_oAdBstyuCvEkbgcmëGfpIh m4a5oi6e8bAc_BspumCyGërIdln n4_5i6d7e8ags9tAnBocCbyEjëuklfvzmGhp "
     "o4n5r7u8l9swAm_BtbdokCpvhaEcygexzGfi p4a5o6e7hi8ur9_BëslCtEbGmjpyIk q3ui4eAayG_Irnst "
     "r5i6ea7o_t9gyrAsdBuCknmblEcvëGpfIh s3h5_6t8oai9eAësBuClEpcmbkGvfIjrnq t3_6e7haoiArtBuCësElyGncmzIbk "
     "u4r6t7a8gnse9lAb_ikBmdCzphjcEvoGçfy v3ie4aCojG_mlu w4a5_n6ei9sAoBhrEmlfytGkbIupc x2h6a_8t9oAiBwCpsGbcv "
     "y2_8lns9aebAvoBfmtCdchpErkIuw z4i_5a7eAubBvhCmsrEëgqclfpGyt ç3i4ae5uAo_Ir ë2_5s6r8nBtElk"},
    {"eo", 1, "Esperanto",
     "_6s7kpm8atb9fedlArgvniBhoCjuEcĉGzIŝĝ a3_6n7rl9tmAkjsBdbpCvgcEzfGŭohiIea b4a5o6er7liuEsGvtjfmIkdp "
     "c2i5e6oaElvhkuGmrp_sbItf d4oi5ae8u9rC_EmlvpGzhksfbInj e5nr7tlk8s9mgAdzBboaC_jvpcEfGiIuĝ f5oai6erl8uEtGg "
     "g5ai6or7e8vl9unEmdGhsb_Itp h3a5ieo7uB_EtGmInw i4_6n8oaks9ltgrAmdBevbCzpciEfGĝu "
     "j4_a6o7u8e9nAltrBiCmksEdpĝfvGgzŝb k4oa7i8ruts9eAlvBcEfpGmzkn_Ibdh l4a5io7e8u9tBkCpmdfvsEgblnG_rhIj "
     "m4a5oie8pb9uCsEfkrnGlm_vdtIhg n5o6at7di8ge9ksAcBuCf_EvpjlbmGrhnIzĝ o2_7nr8l9mAksBtvpjgCdfbEzGcaIh "
     "p5aore6i7l8uBtEsG_Ihkv q4u7wa_8oi9renAtlkBsmCdpgbvEfjcGzh r4a5io6e9utAmdbkBnCsgplvEfcGr_h "
     "s4t6aei7uko8pBmlCvEcf_sGbrdIgn t4ao5i6er8uEl_kvmGsfpnIth u5r6ln7m8tk9sbdaApoBizgCvceEjfG_ĝŝ "
     "v3a4i5eoCurE_jlGtbImsgnk w4a6oi7_8lkhesCrntEmudGpgbvfIjc x4_5i6v7ot9mAxaCrenlEksudpGgbfIjc "
     "y3_4a6n7reBoiCtElksmudpGgbvfIjc z3i4a5o6e8uCbElkpfGmjrtsg_ndIvh ĉ4iea8uo9_BŭCkEmIrn ĝ3i4a5e7joAluBpG_Ir "
     "ĥ3a6ime7t8oAuC_ErnGlksIdpg ĵ3o4a6eu8bB_CirEntlksGmdpgvIf ŝ4a5t6io7e8jAkmlBuCĥGr_In "
     "ŭ5sra7l8o9kveAdtnBj_CphGi"},
    {"mt", 1, "Maltese",
     "_6s7ktm8abl9ginpAfeċBudħCrġovjwEżcGhzIx a4_n7l8r9mjAwtBksdCgpfbżEħixovGyċġuqIac b3a6ue7io9rAjw_BlbCċ "
     "c3h5a8ieotud d4ai6o7j8e_9uBdwCmżħEs e5r6n_l8s9ktjAadBgmwCpġżEoċvbfGieuczxy f4r5ai6u7e8o9_AlsBg "
     "g4a6o7w8u_ir9żħAeBklbCm h3a5e6u_8i9rt i4_5n7kż8ts9brAjlBmdCegpEġvzaxcGċħouq j1a8e_9ouAjBiCmġEdbpntlkw "
     "k3a5_6ou7iAerksCmEżpw l4a5i7_ou8e9ljAtBkCgEdbvġsph m3a6ioeb9_CupEnrgc n4_6d7iga8jteBoCukċsElnwżyhGcz "
     "o5n_6r7l8mt9kAsBgvjCażpofċEeuġħGdb p3a5o6e7ui8j9pArBt_Cw q2_5ugEaGin r5ai7_u8oeAjrkmbBtdlCġgEnwzGsżfvc "
     "s5a6t7_i8eokul9sAhvBwpCfErjc t4a5i6o_7euAtrBwCsjvEhGnmcà u5_6rn8ltmb9dkgpAwvBsżCejaEqċġ v3ea5i6j7_9o "
     "w2a6ie7_9rjAosCutd x3_5a6ekm7x y2a5n_6ec z3j5ze6wy7aI_ à0_BaCinEerotlkuGsjmdgbIwżp ċ2i5e6a7u9owċAj_ "
     "ġ4eai5j9dAno ħ3a4i6o7u9l_Aermd ż3_5e6ia9jAbBouCnrw"},
};
/* clang-format on */

const size_t encoding_latin_count = sizeof encoding_latin / sizeof *encoding_latin;
