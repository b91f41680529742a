"""Codes of people: ethnic groups, political status, education, kinship, identity documents."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("民族", standard="GB/T 3304", checked="secondary")
class Ethnicity(CodeEnum):
    """Ethnic groups 民族."""

    HAN = "01", "汉族", "汉"
    MONGOL = "02", "蒙古族", "蒙古"
    HUI = "03", "回族", "回"
    TIBETAN = "04", "藏族", "藏"
    UYGHUR = "05", "维吾尔族", "维吾尔"
    MIAO = "06", "苗族", "苗"
    YI = "07", "彝族", "彝"
    ZHUANG = "08", "壮族", "壮"
    BOUYEI = "09", "布依族", "布依"
    KOREAN = "10", "朝鲜族", "朝鲜"
    MANCHU = "11", "满族", "满"
    DONG = "12", "侗族", "侗"
    YAO = "13", "瑶族", "瑶"
    BAI = "14", "白族", "白"
    TUJIA = "15", "土家族", "土家"
    HANI = "16", "哈尼族", "哈尼"
    KAZAK = "17", "哈萨克族", "哈萨克"
    DAI = "18", "傣族", "傣"
    LI = "19", "黎族", "黎"
    LISU = "20", "傈僳族", "傈僳"
    WA = "21", "佤族", "佤"
    SHE = "22", "畲族", "畲"
    GAOSHAN = "23", "高山族", "高山"
    LAHU = "24", "拉祜族", "拉祜"
    SUI = "25", "水族", "水"
    DONGXIANG = "26", "东乡族", "东乡"
    NAXI = "27", "纳西族", "纳西"
    JINGPO = "28", "景颇族", "景颇"
    KIRGIZ = "29", "柯尔克孜族", "柯尔克孜"
    TU = "30", "土族", "土"
    DAUR = "31", "达斡尔族", "达斡尔"
    MULAO = "32", "仫佬族", "仫佬"
    QIANG = "33", "羌族", "羌"
    BLANG = "34", "布朗族", "布朗"
    SALAR = "35", "撒拉族", "撒拉"
    MAONAN = "36", "毛南族", "毛南"
    GELAO = "37", "仡佬族", "仡佬"
    XIBE = "38", "锡伯族", "锡伯"
    ACHANG = "39", "阿昌族", "阿昌"
    PUMI = "40", "普米族", "普米"
    TAJIK = "41", "塔吉克族", "塔吉克"
    NU = "42", "怒族", "怒"
    UZBEK = "43", "乌孜别克族", "乌孜别克"
    RUSSIAN = "44", "俄罗斯族", "俄罗斯"
    EWENKI = "45", "鄂温克族", "鄂温克"
    DEANG = "46", "德昂族", "德昂"
    BONAN = "47", "保安族", "保安"
    YUGUR = "48", "裕固族", "裕固"
    GIN = "49", "京族", "京"
    TATAR = "50", "塔塔尔族", "塔塔尔"
    DERUNG = "51", "独龙族", "独龙"
    OROQEN = "52", "鄂伦春族", "鄂伦春"
    HEZHEN = "53", "赫哲族", "赫哲"
    MONBA = "54", "门巴族", "门巴"
    LHOBA = "55", "珞巴族", "珞巴"
    JINO = "56", "基诺族", "基诺"
    OTHER = "97", "其他"
    FOREIGN = "98", "外国血统中国籍人士", "外国血统"


@code_list("政治面貌", standard="GB/T 4762", checked="secondary")
class PoliticalStatus(CodeEnum):
    """Political status 政治面貌; the list has no code for Young Pioneers."""

    PARTY_MEMBER = "01", "中共党员", "党员", "中国共产党党员", "正式党员"
    PROBATIONARY_MEMBER = "02", "中共预备党员", "预备党员", "中国共产党预备党员"
    YOUTH_LEAGUE = "03", "共青团员", "团员", "中国共产主义青年团团员"
    REVOLUTIONARY_COMMITTEE = "04", "民革党员", "民革会员"
    DEMOCRATIC_LEAGUE = "05", "民盟盟员"
    NATIONAL_CONSTRUCTION = "06", "民建会员"
    PROMOTING_DEMOCRACY = "07", "民进会员"
    PEASANTS_AND_WORKERS = "08", "农工党党员"
    ZHI_GONG = "09", "致公党党员"
    JIU_SAN = "10", "九三学社社员"
    TAIWAN_LEAGUE = "11", "台盟盟员"
    INDEPENDENT = "12", "无党派人士", "无党派民主人士"
    MASSES = "13", "群众"


@code_list("学历", standard="GB/T 4658", checked="secondary")
class Education(CodeEnum):
    """Education completed 学历: of each level the code of a graduate 毕业."""

    DOCTOR = "11", "博士研究生毕业", "博士研究生", "博士"
    MASTER = "14", "硕士研究生毕业", "硕士研究生", "硕士", "研究生"
    POSTGRADUATE_CLASS = "17", "研究生班毕业", "研究生班"
    BACHELOR = "21", "大学本科毕业", "大学本科", "本科", "大学"
    GENERAL_CLASS = "28", "大学普通班毕业", "大学普通班"
    COLLEGE = "31", "大学专科毕业", "大学专科", "专科", "大专"
    SECONDARY_SPECIALISED = "41", "中等专科毕业", "中等专科", "中专", "中师"
    VOCATIONAL_HIGH = "44", "职业高中毕业", "职业高中", "职高"
    TECHNICAL_SCHOOL = "47", "技工学校毕业", "技工学校", "技校"
    SENIOR_HIGH = "61", "普通高中毕业", "普通高中", "高中"
    JUNIOR_HIGH = "71", "初中毕业", "初中"
    PRIMARY = "81", "小学毕业", "小学"
    OTHER = "90", "其他"

    def reaches(self, level: Education) -> bool:
        """Tell whether it is of that level or above it, whichever form of study.

        >>> Education.BACHELOR.reaches(Education.COLLEGE), Education.SENIOR_HIGH.reaches(Education.COLLEGE)
        (True, False)
        """
        return self.code[0] <= level.code[0]  # the first figure is the level, 1 the highest


@code_list("家庭关系", standard="GB/T 4761", checked="secondary")
class Relation(CodeEnum):
    """What a family member or guardian is to somebody 家庭关系: the usual ones of the list."""

    SELF = "01", "本人"
    HOUSEHOLDER = "02", "户主"
    HUSBAND = "11", "丈夫", "夫"
    WIFE = "12", "妻子", "妻"
    SON = "20", "儿子", "子"
    DAUGHTER = "30", "女儿", "女"
    GRANDSON = "41", "孙子"
    GRANDDAUGHTER = "42", "孙女"
    DAUGHTERS_SON = "43", "外孙子", "外孙"
    DAUGHTERS_DAUGHTER = "44", "外孙女"
    FATHER = "51", "父亲", "父", "爸爸"
    MOTHER = "52", "母亲", "母", "妈妈"
    STEPFATHER = "57", "继父或养父", "继父", "养父"
    STEPMOTHER = "58", "继母或养母", "继母", "养母"
    GRANDFATHER = "61", "祖父", "爷爷"
    GRANDMOTHER = "62", "祖母", "奶奶"
    MOTHERS_FATHER = "63", "外祖父", "外公", "姥爷"
    MOTHERS_MOTHER = "64", "外祖母", "外婆", "姥姥"
    ELDER_BROTHER = "71", "兄", "哥哥"
    ELDER_BROTHERS_WIFE = "72", "嫂", "嫂子"
    YOUNGER_BROTHER = "73", "弟", "弟弟"
    YOUNGER_BROTHERS_WIFE = "74", "弟媳"
    ELDER_SISTER = "75", "姐姐", "姐"
    ELDER_SISTERS_HUSBAND = "76", "姐夫"
    YOUNGER_SISTER = "77", "妹妹", "妹"
    YOUNGER_SISTERS_HUSBAND = "78", "妹夫"
    FATHERS_ELDER_BROTHER = "81", "伯父"
    FATHERS_ELDER_BROTHERS_WIFE = "82", "伯母"
    FATHERS_YOUNGER_BROTHER = "83", "叔父", "叔叔"
    FATHERS_YOUNGER_BROTHERS_WIFE = "84", "婶母", "婶婶"
    MOTHERS_BROTHER = "85", "舅父", "舅舅"
    MOTHERS_BROTHERS_WIFE = "86", "舅母"
    MOTHERS_SISTERS_HUSBAND = "87", "姨父"
    MOTHERS_SISTER = "88", "姨母", "姨妈"
    FATHERS_SISTERS_HUSBAND = "89", "姑父"
    FATHERS_SISTER = "90", "姑母", "姑姑"
    PATERNAL_COUSIN = "91", "堂兄弟（姐妹）", "堂兄弟", "堂姐妹"
    COUSIN = "92", "表兄弟（姐妹）", "表兄弟", "表姐妹"
    BROTHERS_SON = "93", "侄子"
    BROTHERS_DAUGHTER = "94", "侄女"
    SISTERS_SON = "95", "外甥"
    SISTERS_DAUGHTER = "96", "外甥女"
    OTHER_KIN = "97", "其他亲属"
    NANNY = "98", "保姆"
    NO_KIN = "99", "非亲属"


@code_list("身份证件类型", standard="JY/T 1001 身份证件类型", checked="secondary")
class DocumentKind(CodeEnum):
    """Kinds of identity documents 身份证件类型."""

    IDENTITY_CARD = "1", "居民身份证", "身份证"
    OFFICER = "2", "军官证"
    SOLDIER = "3", "士兵证"
    CIVIL_CADRE = "4", "文职干部证"
    RETIRED_SOLDIER = "5", "部队离退休证"
    HONG_KONG = "6", "香港特区护照/身份证明", "香港身份证明"
    MACAO = "7", "澳门特区护照/身份证明", "澳门身份证明"
    TAIWAN = "8", "台湾居民来往大陆通行证", "台胞证"
    FOREIGN_RESIDENT = "9", "境外永久居住证"
    PASSPORT = "A", "护照"
    HOUSEHOLD_BOOK = "B", "户口簿", "户口本"
    OTHER = "Z", "其他"
