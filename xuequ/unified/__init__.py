"""Exactly the eight unifications 八个统一 of a school district.

- 一 ``leadership`` 统一行政领导
- 二 ``party`` 统一党组织活动
- 三 ``budget`` 统一经费预算与管理
- 四 ``resources`` 统一教育资源配置与调剂
- 五 ``teaching`` 统一教学与教研
- 六 ``inspection`` 统一检查与教学检测
- 七 ``evaluation`` 统一教师考核与奖惩
- 八 ``events`` 统一组织师生活动

They never import one another; what one's fact makes another do stands in ``xuequ.flows``.
"""
