-- 直达：用PostgreSQL判定。依次建立临时视图，结果在 判定、判定_非不符合、判定_不符合数 三个视图里
-- 政策：liaoning-2026 辽宁省促进经济向新向好若干政策举措（印发日 2026-01-01）
-- 层：liaoning-2026-demo；判定日：2026-06-30；版本：d4c888eea48828f2b3d40d9cefba1e9a52bafaacb1dc81788f738c1ecb66ff61
-- 每一步末尾的 OFFSET 0 让这一步的列只算一次，不要去掉
-- 数据表的样子见 docs/population-runs.md：每个对象一张表（主体、项目、贷款…），空值为不知道

-- ── 一、数据：金额以分计，占比、比率、利率以亿分之一计，其他数以万分之一计，整数照旧；空值为不知道 ──

-- 申报或享受政策的单位和个人：企业、高校、科研院所、农民专业合作社、个体工商户等，一个统一社会信用代码一个主体。
CREATE OR REPLACE TEMP VIEW 事实_主体 AS
SELECT 原.编号,
  原.行业代码,
  原.注册地,
  原.沈抚示范区企业,
  CAST(原.营业收入 * 100 AS BIGINT) AS 营业收入,
  CAST(原.从业人员 AS BIGINT) AS 从业人员,
  CAST(原.资产总额 * 100 AS BIGINT) AS 资产总额,
  coalesce('项目' = ANY (string_to_array(原.未知对象, '；')), FALSE) AS 未知_项目
FROM 主体 AS 原;

-- 主体建设、研发或改造的一个项目。
CREATE OR REPLACE TEMP VIEW 事实_项目 AS
SELECT 原.编号,
  原.主体,
  原.设备更新,
  CAST(原.设备投资额 * 100 AS BIGINT) AS 设备投资额
FROM 项目 AS 原;

-- ── 二、推导事实 ──

-- 主体的推导事实：省内注册、划型行业、管辖地、企业规模、中小企业、缺_企业规模_行业代码、缺_企业规模_从业人员、缺_企业规模_营业收入、缺_企业规模_资产总额、城市
CREATE OR REPLACE TEMP VIEW 推导_主体 AS
WITH 取数 AS (
  SELECT 主体.*
  FROM 事实_主体 AS 主体
),
步1 AS (
  SELECT 行.*,
    CASE WHEN length(ltrim(行业代码, 'ABCDEFGHIJKLMNOPQRST')) >= 3 THEN CAST(substr(ltrim(行业代码, 'ABCDEFGHIJKLMNOPQRST'), 1, 3) AS BIGINT)
    END AS 步_数,
    starts_with(注册地, '21') AS 省内注册,
    (starts_with(注册地, '2101') OR starts_with(注册地, '2104')) AND 沈抚示范区企业 AS 步_判断,
    (100000000 <= 营业收入) IS NOT FALSE AS 步_判断2,
    (1000000000 <= 营业收入) IS NOT FALSE AS 步_判断3,
    (30000000000 <= 营业收入) IS NOT FALSE AS 步_判断4,
    (40000000000 <= 营业收入) IS NOT FALSE AS 步_判断5,
    (300000000 <= 营业收入) IS NOT FALSE AS 步_判断6,
    (5000000000 <= 营业收入) IS NOT FALSE AS 步_判断7,
    (500000000 <= 营业收入) IS NOT FALSE AS 步_判断8,
    (300 <= 从业人员) IS NOT FALSE AS 步_判断9,
    (100 <= 从业人员) IS NOT FALSE AS 步_判断10,
    (10 <= 从业人员) IS NOT FALSE AS 步_判断11,
    (5000000000 <= 资产总额) IS NOT FALSE AS 步_判断12,
    (200 <= 从业人员) IS NOT FALSE AS 步_判断13
  FROM 取数 AS 行
  OFFSET 0
),
步2 AS (
  SELECT 行.*,
    CASE WHEN 步_数 < 60 THEN '农林牧渔业'
      WHEN 60 <= 步_数 AND 步_数 < 470 THEN '工业'
      WHEN 470 <= 步_数 AND 步_数 < 510 THEN '建筑业'
      WHEN 510 <= 步_数 AND 步_数 < 520 THEN '批发业'
      WHEN 520 <= 步_数 AND 步_数 < 530 THEN '零售业'
      WHEN 530 <= 步_数 AND 步_数 < 540 THEN '无标准'
      WHEN 540 <= 步_数 AND 步_数 < 592 THEN '交通运输业'
      WHEN 592 <= 步_数 AND 步_数 < 600 THEN '仓储业'
      WHEN 600 <= 步_数 AND 步_数 < 610 THEN '邮政业'
      WHEN 610 <= 步_数 AND 步_数 < 620 THEN '住宿业'
      WHEN 620 <= 步_数 AND 步_数 < 630 THEN '餐饮业'
      WHEN 630 <= 步_数 AND 步_数 < 650 THEN '信息传输业'
      WHEN 650 <= 步_数 AND 步_数 < 660 THEN '软件和信息技术服务业'
      WHEN 660 <= 步_数 AND 步_数 < 701 THEN '无标准'
      WHEN 701 <= 步_数 AND 步_数 < 702 THEN '房地产开发经营'
      WHEN 702 <= 步_数 AND 步_数 < 703 THEN '物业管理'
      WHEN 703 <= 步_数 AND 步_数 < 704 THEN '其他未列明行业'
      WHEN 704 <= 步_数 AND 步_数 < 705 THEN '无标准'
      WHEN 705 <= 步_数 AND 步_数 < 710 THEN '其他未列明行业'
      WHEN 710 <= 步_数 AND 步_数 < 730 THEN '租赁和商务服务业'
      WHEN 730 <= 步_数 AND 步_数 < 830 THEN '其他未列明行业'
      WHEN 830 <= 步_数 AND 步_数 < 850 THEN '无标准'
      WHEN 850 <= 步_数 AND 步_数 < 910 THEN '其他未列明行业'
      WHEN 910 <= 步_数 THEN '无标准'
    END AS 划型行业,
    CASE WHEN 步_判断 THEN 'LN-SFXQ'
      WHEN NOT 步_判断 THEN 注册地
      WHEN 'LN-SFXQ' = 注册地 THEN 'LN-SFXQ'
    END AS 管辖地,
    (60 <= 步_数) IS TRUE AND (步_数 < 470) IS TRUE AS 步_判断14,
    (470 <= 步_数) IS TRUE AND (步_数 < 510) IS TRUE AS 步_判断15,
    (510 <= 步_数) IS TRUE AND (步_数 < 520) IS TRUE AS 步_判断16,
    (520 <= 步_数) IS TRUE AND (步_数 < 530) IS TRUE AS 步_判断17,
    (530 <= 步_数) IS TRUE AND (步_数 < 540) IS TRUE AS 步_判断18,
    (540 <= 步_数) IS TRUE AND (步_数 < 592) IS TRUE AS 步_判断19,
    (592 <= 步_数) IS TRUE AND (步_数 < 600) IS TRUE AS 步_判断20,
    (600 <= 步_数) IS TRUE AND (步_数 < 610) IS TRUE AS 步_判断21,
    (610 <= 步_数) IS TRUE AND (步_数 < 620) IS TRUE AS 步_判断22,
    (620 <= 步_数) IS TRUE AND (步_数 < 630) IS TRUE AS 步_判断23,
    (630 <= 步_数) IS TRUE AND (步_数 < 650) IS TRUE AS 步_判断24,
    (650 <= 步_数) IS TRUE AND (步_数 < 660) IS TRUE AS 步_判断25,
    (660 <= 步_数) IS TRUE AND (步_数 < 701) IS TRUE AS 步_判断26,
    (701 <= 步_数) IS TRUE AND (步_数 < 702) IS TRUE AS 步_判断27,
    (702 <= 步_数) IS TRUE AND (步_数 < 703) IS TRUE AS 步_判断28,
    (703 <= 步_数) IS TRUE AND (步_数 < 704) IS TRUE AS 步_判断29,
    (704 <= 步_数) IS TRUE AND (步_数 < 705) IS TRUE AS 步_判断30,
    (705 <= 步_数) IS TRUE AND (步_数 < 710) IS TRUE AS 步_判断31,
    (710 <= 步_数) IS TRUE AND (步_数 < 730) IS TRUE AS 步_判断32,
    (730 <= 步_数) IS TRUE AND (步_数 < 830) IS TRUE AS 步_判断33,
    (830 <= 步_数) IS TRUE AND (步_数 < 850) IS TRUE AS 步_判断34
  FROM 步1 AS 行
  OFFSET 0
),
步3 AS (
  SELECT 行.*,
    (划型行业 = '零售业') IS NOT FALSE AS 步_判断35,
    (划型行业 = '仓储业') IS NOT FALSE AS 步_判断36,
    (划型行业 = '邮政业') IS NOT FALSE AS 步_判断37,
    (划型行业 = '住宿业') IS NOT FALSE AS 步_判断38,
    (划型行业 = '餐饮业') IS NOT FALSE AS 步_判断39,
    (划型行业 = '信息传输业') IS NOT FALSE AS 步_判断40,
    (划型行业 = '批发业') IS NOT FALSE AS 步_判断41,
    (划型行业 = '软件和信息技术服务业') IS NOT FALSE AS 步_判断42,
    (划型行业 = '物业管理') IS NOT FALSE AS 步_判断43,
    (划型行业 = '工业') IS NOT FALSE AS 步_判断44,
    (划型行业 = '交通运输业') IS NOT FALSE AS 步_判断45,
    (划型行业 = '租赁和商务服务业') IS NOT FALSE AS 步_判断46,
    (划型行业 = '建筑业') IS NOT FALSE AS 步_判断47,
    (划型行业 = '房地产开发经营') IS NOT FALSE AS 步_判断48,
    CASE WHEN 划型行业 = '农林牧渔业' AND 20000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '农林牧渔业' AND 500000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '农林牧渔业' AND 50000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '农林牧渔业' THEN '微型'
      WHEN 划型行业 = '工业' AND 1000 <= 从业人员 AND 40000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '工业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '工业' AND 20 <= 从业人员 AND 300000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '工业' THEN '微型'
      WHEN 划型行业 = '建筑业' AND 80000000000 <= 营业收入 AND 80000000000 <= 资产总额 THEN '大型'
      WHEN 划型行业 = '建筑业' AND 6000000000 <= 营业收入 AND 5000000000 <= 资产总额 THEN '中型'
      WHEN 划型行业 = '建筑业' AND 300000000 <= 营业收入 AND 300000000 <= 资产总额 THEN '小型'
      WHEN 划型行业 = '建筑业' THEN '微型'
      WHEN 划型行业 = '批发业' AND 200 <= 从业人员 AND 40000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '批发业' AND 20 <= 从业人员 AND 5000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '批发业' AND 5 <= 从业人员 AND 1000000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '批发业' THEN '微型'
      WHEN 划型行业 = '零售业' AND 300 <= 从业人员 AND 20000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '零售业' AND 50 <= 从业人员 AND 500000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '零售业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '零售业' THEN '微型'
      WHEN 划型行业 = '交通运输业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '交通运输业' AND 300 <= 从业人员 AND 3000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '交通运输业' AND 20 <= 从业人员 AND 200000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '交通运输业' THEN '微型'
      WHEN 划型行业 = '仓储业' AND 200 <= 从业人员 AND 30000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '仓储业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '仓储业' AND 20 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '仓储业' THEN '微型'
      WHEN 划型行业 = '邮政业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '邮政业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '邮政业' AND 20 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '邮政业' THEN '微型'
      WHEN 划型行业 = '住宿业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '住宿业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '住宿业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '住宿业' THEN '微型'
      WHEN 划型行业 = '餐饮业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '餐饮业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '餐饮业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '餐饮业' THEN '微型'
      WHEN 划型行业 = '信息传输业' AND 2000 <= 从业人员 AND 100000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '信息传输业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '信息传输业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '信息传输业' THEN '微型'
      WHEN 划型行业 = '软件和信息技术服务业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '软件和信息技术服务业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '软件和信息技术服务业' AND 10 <= 从业人员 AND 50000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '软件和信息技术服务业' THEN '微型'
      WHEN 划型行业 = '房地产开发经营' AND 200000000000 <= 营业收入 AND 10000000000 <= 资产总额 THEN '大型'
      WHEN 划型行业 = '房地产开发经营' AND 1000000000 <= 营业收入 AND 5000000000 <= 资产总额 THEN '中型'
      WHEN 划型行业 = '房地产开发经营' AND 100000000 <= 营业收入 AND 2000000000 <= 资产总额 THEN '小型'
      WHEN 划型行业 = '房地产开发经营' THEN '微型'
      WHEN 划型行业 = '物业管理' AND 1000 <= 从业人员 AND 5000000000 <= 营业收入 THEN '大型'
      WHEN 划型行业 = '物业管理' AND 300 <= 从业人员 AND 1000000000 <= 营业收入 THEN '中型'
      WHEN 划型行业 = '物业管理' AND 100 <= 从业人员 AND 500000000 <= 营业收入 THEN '小型'
      WHEN 划型行业 = '物业管理' THEN '微型'
      WHEN 划型行业 = '租赁和商务服务业' AND 300 <= 从业人员 AND 120000000000 <= 资产总额 THEN '大型'
      WHEN 划型行业 = '租赁和商务服务业' AND 100 <= 从业人员 AND 8000000000 <= 资产总额 THEN '中型'
      WHEN 划型行业 = '租赁和商务服务业' AND 10 <= 从业人员 AND 100000000 <= 资产总额 THEN '小型'
      WHEN 划型行业 = '租赁和商务服务业' THEN '微型'
      WHEN 划型行业 = '其他未列明行业' AND 300 <= 从业人员 THEN '大型'
      WHEN 划型行业 = '其他未列明行业' AND 100 <= 从业人员 THEN '中型'
      WHEN 划型行业 = '其他未列明行业' AND 10 <= 从业人员 THEN '小型'
      WHEN 划型行业 = '其他未列明行业' THEN '微型'
      WHEN 划型行业 = '无标准' THEN '无标准'
    END AS 企业规模_首个
  FROM 步2 AS 行
  OFFSET 0
),
步4 AS (
  SELECT 行.*,
    CASE WHEN (划型行业 = '农林牧渔业' AND 20000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '农林牧渔业' AND 20000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '农林牧渔业' AND 500000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '农林牧渔业' AND 500000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '农林牧渔业' AND 50000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '农林牧渔业' AND 50000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '农林牧渔业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '农林牧渔业' THEN 企业规模_首个
      WHEN (划型行业 = '工业' AND 1000 <= 从业人员 AND 40000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '工业' AND 1000 <= 从业人员 AND 40000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '工业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '工业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '工业' AND 20 <= 从业人员 AND 300000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '工业' AND 20 <= 从业人员 AND 300000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '工业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '工业' THEN 企业规模_首个
      WHEN (划型行业 = '建筑业' AND 80000000000 <= 营业收入 AND 80000000000 <= 资产总额) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '建筑业' AND 80000000000 <= 营业收入 AND 80000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '建筑业' AND 6000000000 <= 营业收入 AND 5000000000 <= 资产总额) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '建筑业' AND 6000000000 <= 营业收入 AND 5000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '建筑业' AND 300000000 <= 营业收入 AND 300000000 <= 资产总额) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '建筑业' AND 300000000 <= 营业收入 AND 300000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '建筑业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '建筑业' THEN 企业规模_首个
      WHEN (划型行业 = '批发业' AND 200 <= 从业人员 AND 40000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '批发业' AND 200 <= 从业人员 AND 40000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '批发业' AND 20 <= 从业人员 AND 5000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '批发业' AND 20 <= 从业人员 AND 5000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '批发业' AND 5 <= 从业人员 AND 1000000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '批发业' AND 5 <= 从业人员 AND 1000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '批发业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '批发业' THEN 企业规模_首个
      WHEN (划型行业 = '零售业' AND 300 <= 从业人员 AND 20000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '零售业' AND 300 <= 从业人员 AND 20000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '零售业' AND 50 <= 从业人员 AND 500000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '零售业' AND 50 <= 从业人员 AND 500000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '零售业' AND 10 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '零售业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '零售业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '零售业' THEN 企业规模_首个
      WHEN (划型行业 = '交通运输业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '交通运输业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '交通运输业' AND 300 <= 从业人员 AND 3000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '交通运输业' AND 300 <= 从业人员 AND 3000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '交通运输业' AND 20 <= 从业人员 AND 200000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '交通运输业' AND 20 <= 从业人员 AND 200000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '交通运输业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '交通运输业' THEN 企业规模_首个
      WHEN (划型行业 = '仓储业' AND 200 <= 从业人员 AND 30000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '仓储业' AND 200 <= 从业人员 AND 30000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '仓储业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '仓储业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '仓储业' AND 20 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '仓储业' AND 20 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '仓储业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '仓储业' THEN 企业规模_首个
      WHEN (划型行业 = '邮政业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '邮政业' AND 1000 <= 从业人员 AND 30000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '邮政业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '邮政业' AND 300 <= 从业人员 AND 2000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '邮政业' AND 20 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '邮政业' AND 20 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '邮政业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '邮政业' THEN 企业规模_首个
      WHEN (划型行业 = '住宿业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '住宿业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '住宿业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '住宿业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '住宿业' AND 10 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '住宿业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '住宿业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '住宿业' THEN 企业规模_首个
      WHEN (划型行业 = '餐饮业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '餐饮业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '餐饮业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '餐饮业' AND 100 <= 从业人员 AND 2000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '餐饮业' AND 10 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '餐饮业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '餐饮业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '餐饮业' THEN 企业规模_首个
      WHEN (划型行业 = '信息传输业' AND 2000 <= 从业人员 AND 100000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '信息传输业' AND 2000 <= 从业人员 AND 100000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '信息传输业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '信息传输业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '信息传输业' AND 10 <= 从业人员 AND 100000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '信息传输业' AND 10 <= 从业人员 AND 100000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '信息传输业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '信息传输业' THEN 企业规模_首个
      WHEN (划型行业 = '软件和信息技术服务业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '软件和信息技术服务业' AND 300 <= 从业人员 AND 10000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '软件和信息技术服务业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '软件和信息技术服务业' AND 100 <= 从业人员 AND 1000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '软件和信息技术服务业' AND 10 <= 从业人员 AND 50000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '软件和信息技术服务业' AND 10 <= 从业人员 AND 50000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '软件和信息技术服务业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '软件和信息技术服务业' THEN 企业规模_首个
      WHEN (划型行业 = '房地产开发经营' AND 200000000000 <= 营业收入 AND 10000000000 <= 资产总额) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '房地产开发经营' AND 200000000000 <= 营业收入 AND 10000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '房地产开发经营' AND 1000000000 <= 营业收入 AND 5000000000 <= 资产总额) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '房地产开发经营' AND 1000000000 <= 营业收入 AND 5000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '房地产开发经营' AND 100000000 <= 营业收入 AND 2000000000 <= 资产总额) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '房地产开发经营' AND 100000000 <= 营业收入 AND 2000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '房地产开发经营') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '房地产开发经营' THEN 企业规模_首个
      WHEN (划型行业 = '物业管理' AND 1000 <= 从业人员 AND 5000000000 <= 营业收入) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '物业管理' AND 1000 <= 从业人员 AND 5000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '物业管理' AND 300 <= 从业人员 AND 1000000000 <= 营业收入) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '物业管理' AND 300 <= 从业人员 AND 1000000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '物业管理' AND 100 <= 从业人员 AND 500000000 <= 营业收入) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '物业管理' AND 100 <= 从业人员 AND 500000000 <= 营业收入 THEN 企业规模_首个
      WHEN (划型行业 = '物业管理') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '物业管理' THEN 企业规模_首个
      WHEN (划型行业 = '租赁和商务服务业' AND 300 <= 从业人员 AND 120000000000 <= 资产总额) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '租赁和商务服务业' AND 300 <= 从业人员 AND 120000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '租赁和商务服务业' AND 100 <= 从业人员 AND 8000000000 <= 资产总额) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '租赁和商务服务业' AND 100 <= 从业人员 AND 8000000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '租赁和商务服务业' AND 10 <= 从业人员 AND 100000000 <= 资产总额) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '租赁和商务服务业' AND 10 <= 从业人员 AND 100000000 <= 资产总额 THEN 企业规模_首个
      WHEN (划型行业 = '租赁和商务服务业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '租赁和商务服务业' THEN 企业规模_首个
      WHEN (划型行业 = '其他未列明行业' AND 300 <= 从业人员) IS NULL AND '大型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '其他未列明行业' AND 300 <= 从业人员 THEN 企业规模_首个
      WHEN (划型行业 = '其他未列明行业' AND 100 <= 从业人员) IS NULL AND '中型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '其他未列明行业' AND 100 <= 从业人员 THEN 企业规模_首个
      WHEN (划型行业 = '其他未列明行业' AND 10 <= 从业人员) IS NULL AND '小型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '其他未列明行业' AND 10 <= 从业人员 THEN 企业规模_首个
      WHEN (划型行业 = '其他未列明行业') IS NULL AND '微型' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '其他未列明行业' THEN 企业规模_首个
      WHEN (划型行业 = '无标准') IS NULL AND '无标准' IS DISTINCT FROM 企业规模_首个 THEN NULL
      WHEN 划型行业 = '无标准' THEN 企业规模_首个
      ELSE 企业规模_首个
    END AS 企业规模
  FROM 步3 AS 行
  OFFSET 0
),
步5 AS (
  SELECT 行.*,
    企业规模 IN ('中型', '小型', '微型') AS 中小企业,
    企业规模 IS NULL
      AND 划型行业 IS NULL
        AND 行业代码 IS NULL
          AND ((步_数 < 60) IS NOT TRUE
              AND (NOT 步_判断14
                  AND (NOT 步_判断15
                      AND (NOT 步_判断16
                          AND (NOT 步_判断17
                              AND (NOT 步_判断18
                                  AND (NOT 步_判断19
                                      AND (NOT 步_判断20
                                          AND (NOT 步_判断21
                                              AND (NOT 步_判断22
                                                  AND (NOT 步_判断23
                                                      AND (NOT 步_判断24
                                                          AND (NOT 步_判断25
                                                              AND (NOT 步_判断26
                                                                  AND (NOT 步_判断27
                                                                      AND (NOT 步_判断28
                                                                          AND (NOT 步_判断29
                                                                              AND (NOT 步_判断30
                                                                                  AND (NOT 步_判断31
                                                                                      AND (NOT 步_判断32
                                                                                          AND (NOT 步_判断33
                                                                                              AND (NOT (步_判断34 OR (830 <= 步_数) IS FALSE OR (步_数 < 850) IS FALSE)
                                                                                                OR NOT ((850 <= 步_数) IS TRUE AND (步_数 < 910) IS TRUE OR (850 <= 步_数) IS FALSE OR (步_数 < 910) IS FALSE)
                                                                                                  AND NOT 步_判断34)
                                                                                            OR NOT (步_判断33 OR (730 <= 步_数) IS FALSE OR (步_数 < 830) IS FALSE))
                                                                                        OR NOT (步_判断32 OR (710 <= 步_数) IS FALSE OR (步_数 < 730) IS FALSE))
                                                                                    OR NOT (步_判断31 OR (705 <= 步_数) IS FALSE OR (步_数 < 710) IS FALSE))
                                                                                OR NOT (步_判断30 OR (704 <= 步_数) IS FALSE OR (步_数 < 705) IS FALSE))
                                                                            OR NOT (步_判断29 OR (703 <= 步_数) IS FALSE OR (步_数 < 704) IS FALSE))
                                                                        OR NOT (步_判断28 OR (702 <= 步_数) IS FALSE OR (步_数 < 703) IS FALSE))
                                                                    OR NOT (步_判断27 OR (701 <= 步_数) IS FALSE OR (步_数 < 702) IS FALSE))
                                                                OR NOT (步_判断26 OR (660 <= 步_数) IS FALSE OR (步_数 < 701) IS FALSE))
                                                            OR NOT (步_判断25 OR (650 <= 步_数) IS FALSE OR (步_数 < 660) IS FALSE))
                                                        OR NOT (步_判断24 OR (630 <= 步_数) IS FALSE OR (步_数 < 650) IS FALSE))
                                                    OR NOT (步_判断23 OR (620 <= 步_数) IS FALSE OR (步_数 < 630) IS FALSE))
                                                OR NOT (步_判断22 OR (610 <= 步_数) IS FALSE OR (步_数 < 620) IS FALSE))
                                            OR NOT (步_判断21 OR (600 <= 步_数) IS FALSE OR (步_数 < 610) IS FALSE))
                                        OR NOT (步_判断20 OR (592 <= 步_数) IS FALSE OR (步_数 < 600) IS FALSE))
                                    OR NOT (步_判断19 OR (540 <= 步_数) IS FALSE OR (步_数 < 592) IS FALSE))
                                OR NOT (步_判断18 OR (530 <= 步_数) IS FALSE OR (步_数 < 540) IS FALSE))
                            OR NOT (步_判断17 OR (520 <= 步_数) IS FALSE OR (步_数 < 530) IS FALSE))
                        OR NOT (步_判断16 OR (510 <= 步_数) IS FALSE OR (步_数 < 520) IS FALSE))
                    OR NOT (步_判断15 OR (470 <= 步_数) IS FALSE OR (步_数 < 510) IS FALSE))
                OR NOT (步_判断14 OR (60 <= 步_数) IS FALSE OR (步_数 < 470) IS FALSE))
            OR 步_数 IS NULL) AS 缺_企业规模_行业代码,
    企业规模 IS NULL
      AND 从业人员 IS NULL
        AND (步_判断2 AND (步_判断35 OR 步_判断36 OR 步_判断37 OR 步_判断38 OR 步_判断39 OR 步_判断40)
          OR 步_判断3 AND (步_判断41 OR 步_判断36 OR 步_判断40 OR 步_判断42 OR 步_判断43)
          OR (2000000000 <= 营业收入) IS NOT FALSE AND (步_判断44 OR 步_判断37 OR 步_判断38 OR 步_判断39)
          OR 步_判断45 AND (步_判断4 OR (3000000000 <= 营业收入) IS NOT FALSE OR (200000000 <= 营业收入) IS NOT FALSE)
          OR (10000000000 <= 营业收入) IS NOT FALSE AND (步_判断38 OR 步_判断39 OR 步_判断42)
          OR 步_判断46
            AND ((120000000000 <= 资产总额) IS NOT FALSE
              OR (8000000000 <= 资产总额) IS NOT FALSE
              OR (100000000 <= 资产总额) IS NOT FALSE)
          OR 步_判断44 AND (步_判断5 OR 步_判断6)
          OR 步_判断41 AND (步_判断5 OR 步_判断7)
          OR 步_判断35 AND ((20000000000 <= 营业收入) IS NOT FALSE OR 步_判断8)
          OR 步_判断4 AND (步_判断36 OR 步_判断37)
          OR 步_判断43 AND (步_判断7 OR 步_判断8)
          OR 步_判断40 AND (100000000000 <= 营业收入) IS NOT FALSE
          OR 步_判断42 AND (50000000 <= 营业收入) IS NOT FALSE
          OR (划型行业 = '其他未列明行业') IS NOT FALSE) AS 缺_企业规模_从业人员,
    企业规模 IS NULL
      AND 营业收入 IS NULL
        AND (步_判断9 AND (步_判断44 OR 步_判断35 OR 步_判断45 OR 步_判断37 OR 步_判断38 OR 步_判断39 OR 步_判断42 OR 步_判断43)
          OR 步_判断10 AND (步_判断36 OR 步_判断38 OR 步_判断39 OR 步_判断40 OR 步_判断42 OR 步_判断43)
          OR (20 <= 从业人员) IS NOT FALSE AND (步_判断44 OR 步_判断41 OR 步_判断45 OR 步_判断36 OR 步_判断37)
          OR 步_判断11 AND (步_判断35 OR 步_判断38 OR 步_判断39 OR 步_判断40 OR 步_判断42)
          OR (1000 <= 从业人员) IS NOT FALSE AND (步_判断44 OR 步_判断45 OR 步_判断37 OR 步_判断43)
          OR 步_判断47 AND ((80000000000 <= 资产总额) IS NOT FALSE OR 步_判断12 OR (300000000 <= 资产总额) IS NOT FALSE)
          OR 步_判断48 AND ((10000000000 <= 资产总额) IS NOT FALSE OR 步_判断12 OR (2000000000 <= 资产总额) IS NOT FALSE)
          OR 步_判断41 AND (步_判断13 OR (5 <= 从业人员) IS NOT FALSE)
          OR (划型行业 = '农林牧渔业') IS NOT FALSE
          OR 步_判断35 AND (50 <= 从业人员) IS NOT FALSE
          OR 步_判断36 AND 步_判断13
          OR 步_判断40 AND (2000 <= 从业人员) IS NOT FALSE) AS 缺_企业规模_营业收入,
    企业规模 IS NULL
      AND 资产总额 IS NULL
        AND (步_判断47 AND ((80000000000 <= 营业收入) IS NOT FALSE OR (6000000000 <= 营业收入) IS NOT FALSE OR 步_判断6)
          OR 步_判断48 AND ((200000000000 <= 营业收入) IS NOT FALSE OR 步_判断3 OR 步_判断2)
          OR 步_判断46 AND (步_判断9 OR 步_判断10 OR 步_判断11)) AS 缺_企业规模_资产总额
  FROM 步4 AS 行
  OFFSET 0
)
SELECT 行.*,
  CASE WHEN coalesce(管辖地, '') = '' THEN '未知'
    WHEN 管辖地 = 'LN-SFXQ' THEN '辽宁省沈抚改革创新示范区'
    ELSE CASE substr(管辖地, 1, 4) WHEN '2101' THEN '沈阳市'
      WHEN '2102' THEN '大连市'
      WHEN '2103' THEN '鞍山市'
      WHEN '2104' THEN '抚顺市'
      WHEN '2105' THEN '本溪市'
      WHEN '2106' THEN '丹东市'
      WHEN '2107' THEN '锦州市'
      WHEN '2108' THEN '营口市'
      WHEN '2109' THEN '阜新市'
      WHEN '2110' THEN '辽阳市'
      WHEN '2111' THEN '盘锦市'
      WHEN '2112' THEN '铁岭市'
      WHEN '2113' THEN '朝阳市'
      WHEN '2114' THEN '葫芦岛市'
      ELSE '省外' END
  END AS 城市
FROM 步5 AS 行;

-- ── 三、事项：每个事项先逐条判断条件，再算金额和上限 ──

-- liaoning-2026:13.2 中小企业设备更新项目申报门槛：条件
CREATE OR REPLACE TEMP VIEW "事项_13.2_条件" AS
WITH 取数 AS (
  SELECT 主体.编号 AS 主体,
    项目.编号 AS 对象,
    主体.城市,
    主体.中小企业 AS 主体_中小企业,
    项目.设备更新 AS 项目_设备更新,
    项目.设备投资额 AS 项目_设备投资额,
    主体.省内注册 AS 主体_省内注册,
    主体.注册地 AS 主体_注册地,
    主体.缺_企业规模_行业代码 AS 主体_缺_企业规模_行业代码,
    主体.缺_企业规模_从业人员 AS 主体_缺_企业规模_从业人员,
    主体.缺_企业规模_营业收入 AS 主体_缺_企业规模_营业收入,
    主体.缺_企业规模_资产总额 AS 主体_缺_企业规模_资产总额
  FROM 推导_主体 AS 主体
  LEFT JOIN 事实_项目 AS 项目 ON 项目.主体 = 主体.编号
  WHERE 项目.编号 IS NOT NULL OR 主体.未知_项目
),
各期 AS (
  SELECT 行.*,
    '一次' AS 期
  FROM 取数 AS 行
  OFFSET 0
),
条件 AS (
  SELECT 行.*,
    -- 1. 事项发生在执行期内　依据“各项政策举措自印发之日起执行”
    TRUE AS 条件1,
    -- 1. 是中小企业　依据“加大对中小企业设备更新支持力度”
    主体_中小企业 AS 条件2,
    -- 2. 是设备更新项目　依据“加大对中小企业设备更新支持力度”
    项目_设备更新 AS 条件3,
    -- 3. 投资额达到门槛　依据“进一步降低申报设备更新项目的投资额门槛”
    500000000 <= 项目_设备投资额 AS 条件4,
    -- 4. 企业注册在辽宁省内
    主体_省内注册 AS 条件5
  FROM 各期 AS 行
  OFFSET 0
)
SELECT 行.*,
  CASE WHEN NOT 条件1 THEN 1
    WHEN NOT 条件2 THEN 2
    WHEN NOT 条件3 THEN 3
    WHEN NOT 条件4 THEN 4
    WHEN NOT 条件5 THEN 5
  END AS 首个不符_序
FROM 条件 AS 行;

-- liaoning-2026:13.2 中小企业设备更新项目申报门槛：金额
CREATE OR REPLACE TEMP VIEW "事项_13.2_判定" AS
WITH 过 AS (
  SELECT * FROM "事项_13.2_条件"
  WHERE 首个不符_序 IS NULL
),
结论 AS (
  SELECT 行.*,
    CASE WHEN 条件1 AND 条件2 AND 条件3 AND 条件4 AND 条件5 THEN '符合' ELSE '待补充' END AS 结果,
    '无金额' AS 金额状态,
    nullif(concat_ws('；',
      CASE WHEN 主体_省内注册 IS NULL AND 主体_注册地 IS NULL THEN '主体.注册地' END,
      CASE WHEN 主体_缺_企业规模_行业代码 THEN '主体.行业代码' END,
      CASE WHEN 主体_缺_企业规模_从业人员 THEN '主体.从业人员' END,
      CASE WHEN 主体_缺_企业规模_营业收入 THEN '主体.营业收入' END,
      CASE WHEN 主体_缺_企业规模_资产总额 THEN '主体.资产总额' END,
      CASE WHEN 项目_设备投资额 IS NULL THEN '项目.设备投资额' END,
      CASE WHEN 项目_设备更新 IS NULL THEN '项目.设备更新' END), '') AS 缺
  FROM 过 AS 行
  OFFSET 0
),
求额 AS (
  SELECT 行.*,
    NULL::BIGINT AS 求额
  FROM 结论 AS 行
  OFFSET 0
)
SELECT 主体, 对象, 'liaoning-2026:13.2' AS 事项, 期, 结果, 金额状态, 求额 AS 金额_分,
  NULL::TEXT AS 首个不符, 缺, NULL::TEXT AS 上限作用, 城市,
  NULL::DATE AS 申报时间
FROM 求额 AS 行;

-- ── 四、结果 ──

-- 符合和待补充的行
CREATE OR REPLACE TEMP VIEW 判定_非不符合 AS
SELECT 主体, 对象, 事项, 期, 结果, 金额状态, 金额_分, 首个不符, 缺, 上限作用 FROM "事项_13.2_判定";

-- 各事项的条件，按判断的先后
CREATE OR REPLACE TEMP VIEW 条件表 AS
SELECT * FROM (VALUES
  ('liaoning-2026:13.2', 1, 1, '事项发生在执行期内'),
  ('liaoning-2026:13.2', 2, 1, '是中小企业'),
  ('liaoning-2026:13.2', 3, 2, '是设备更新项目'),
  ('liaoning-2026:13.2', 4, 3, '投资额达到门槛'),
  ('liaoning-2026:13.2', 5, 4, '企业注册在辽宁省内')
) AS 各(事项, 首个不符_序, 条件序号, 条件);

-- 全部的行，包括不符合的
CREATE OR REPLACE TEMP VIEW 判定 AS
SELECT * FROM 判定_非不符合
UNION ALL
SELECT 行.主体, 行.对象, 行.事项, 行.期, '不符合', '无金额', NULL, 条.条件, NULL, NULL
FROM (
  SELECT 'liaoning-2026:13.2' AS 事项, 主体, 对象, 期, 首个不符_序 FROM "事项_13.2_条件" WHERE 首个不符_序 IS NOT NULL
) AS 行 JOIN 条件表 AS 条 ON 条.事项 = 行.事项 AND 条.首个不符_序 = 行.首个不符_序;

-- 不符合的行数，按事项、城市和首个不符的条件
CREATE OR REPLACE TEMP VIEW 判定_不符合数 AS
SELECT 行.事项, 行.城市, 条.条件序号, 条.条件, 行.行数
FROM (
  SELECT 'liaoning-2026:13.2' AS 事项, 城市, 首个不符_序, count(*) AS 行数 FROM "事项_13.2_条件" WHERE 首个不符_序 IS NOT NULL GROUP BY 城市, 首个不符_序
) AS 行 JOIN 条件表 AS 条 ON 条.事项 = 行.事项 AND 条.首个不符_序 = 行.首个不符_序;
