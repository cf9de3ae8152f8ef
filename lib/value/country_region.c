/* Regional hints: a table, made from the locale of the most spoken language of each region in CLDR 42 (its short date,
 * its decimal sign in ASCII digits) and from the currency of the region; where CLDR has no such locale, from that of
 * another official language. English counts for Ghana and Zimbabwe, the language of their business. A table, because
 * the calls of ICU that answer this fall back on the locale of the environment, and crash where memory ends. */
#include <stdlib.h>
#include <string.h>

#include "value/country.h"

/* Region, currency, which part of a date stands first, decimal sign; sorted. */
static const char regions[] =
    "ADEURd, AEAEDd. AFAFNy. AGXCDd. AIXCDd. ALALLd, AMAMDd, AOAOAd, AQ   d. ARARSd, ASUSDm. ATEURd, AUAUDd. "
    "AWAWGd, AXEURy, AZAZNd, BABAMd, BBBBDd. BDBDTd. BEEURd, BFXOFd, BGBGNd, BHBHDd. BIBIFd, BJXOFd, BLEURd, "
    "BMBMDd. BNBNDd, BOBOBd, BQUSDd, BRBRLd, BSBSDd. BTBTNy. BVNOKd. BWBWPd. BYBYNd, BZBZDd. CACADm. CCAUDd. "
    "CDCDFd, CFXAFd, CGXAFd, CHCHFd. CIXOFd, CKNZDd. CLCLPd, CMXAFd, CNCNYy. COCOPd, CRCRCd, CUCUPd. CVCVEd, "
    "CWANGd, CXAUDd. CYEURd, CZCZKd, DEEURd, DGUSDd. DJDJFd, DKDKKd, DMXCDd. DODOPd. DZDZDd, EAEURd, ECUSDd, "
    "EEEURd, EGEGPd. EHMADd. ERERNd. ESEURd, ETETBd. FIEURd, FJFJDd. FKFKPd. FMUSDd. FODKKd, FREURd, GAXAFd, "
    "GBGBPd. GDXCDd. GEGELd, GFEURd, GGGBPd. GHGHSd. GIGIPd. GLDKKy, GMGMDd. GNGNFd, GPEURd, GQXAFd, GREURd, "
    "GSGBPd. GTGTQd. GUUSDm. GWXOFd, GYGYDd. HKHKDd. HMAUDd. HNHNLd. HREURd, HTHTGd, HUHUFy, ICEURd, IDIDRd, "
    "IEEURd. ILILSd. IMGBPd. ININRd. IOUSDd. IQIQDd. IRIRRy. ISISKd, ITEURd, JEGBPd. JMJMDd. JOJODd. JPJPYy. "
    "KEKESd. KGKGSd, KHKHRd, KIAUDd. KMKMFd. KNXCDd. KPKPWy. KRKRWy. KWKWDd. KYKYDd. KZKZTd, LALAKd, LBLBPd, "
    "LCXCDd. LICHFd. LKLKRy. LRLRDd. LSLSLd. LTEURy, LUEURd, LVEURd, LYLYDd, MAMADd, MCEURd, MDMDLd, MEEURd, "
    "MFEURd, MGMGAy. MHUSDm. MKMKDd, MLXOFd. MMMMKd. MNMNTy. MOMOPd. MPUSDm. MQEURd, MRMRUd, MSXCDd. MTEURd. "
    "MUMURd. MVMVRd. MWMWKd. MXMXNd. MYMYRd. MZMZNd, NANADy, NCXPFd, NEXOFd. NFAUDd. NGNGNd. NINIOd. NLEURd, "
    "NONOKd, NPNPRy. NRAUDd. NUNZDd. NZNZDd. OMOMRd. PAPABm. PEPENd. PFXPFd, PGPGKd. PHPHPm. PKPKRd. PLPLNd, "
    "PMEURd, PNNZDd. PRUSDm. PSILSd. PTEURd, PWUSDd. PYPYGd, QAQARd. REEURd, RORONd, RSRSDd, RURUBd, RWRWFy, "
    "SASARd. SBSBDd. SCSCRd, SDSDGd. SESEKy, SGSGDd. SHSHPd. SIEURd, SJNOKd, SKEURd, SLSLEd. SMEURd, SNXOFd, "
    "SOSOSd. SRSRDd, SSSSPd. STSTNd, SVUSDd. SXANGd. SYSYPd. SZSZLd. TCUSDd. TDXAFd, TFEURd, TGXOFd, THTHBd. "
    "TJTJSd, TKNZDd. TLUSDd, TMTMTd, TNTNDd, TOTOPd. TRTRYd, TTTTDd. TVAUDd. TWTWDy. TZTZSd. UAUAHd, UGUGXd. "
    "UMUSDm. USUSDm. UYUYUd, UZUZSd, VAEURd, VCXCDd. VEVESd, VGUSDd. VIUSDm. VNVNDd, VUVUVd. WFXPFd, WSWSTd. "
    "XKEURd, YEYERd. YTEURd, ZAZARy, ZMZMWd. ZWUSDd. ";

#define ROW 8

static int compare_rows(const void *a, const void *b)
{
    return memcmp(a, b, 2);
}

int region_hints(const char cc[2], struct region_hints *hints)
{
    const char *row = bsearch(cc, regions, sizeof regions / ROW, ROW, compare_rows);

    if (!row)
        return -1;
    *hints = (struct region_hints){
        .date = row[5] == 'd'   ? DATE_DAY_FIRST
                : row[5] == 'm' ? DATE_MONTH_FIRST
                                : DATE_YEAR_FIRST,
        .number = row[6] == ',' ? NUMBER_COMMA : NUMBER_POINT,
    };
    if (row[2] != ' ')
        memcpy(hints->currency, row + 2, 3);
    return 0;
}
