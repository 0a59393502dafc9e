-- 直达：用DuckDB判定。依次建立临时视图，结果在 判定、判定_非不符合、判定_不符合数 三个视图里
-- 政策：liaoning-2026 辽宁省促进经济向新向好若干政策举措（印发日 2026-01-01）
-- 层：liaoning-2026-demo；判定日：2026-06-30；版本：d4c888eea48828f2b3d40d9cefba1e9a52bafaacb1dc81788f738c1ecb66ff61
-- 数据表的样子见 docs/population-runs.md：每个对象一张表（主体、项目、贷款…），空值为不知道

-- ── 一、数据：金额以分计，占比、比率、利率以亿分之一计，其他数以万分之一计，整数照旧；空值为不知道 ──

-- 申报或享受政策的单位和个人：企业、高校、科研院所、农民专业合作社、个体工商户等，一个统一社会信用代码一个主体。
CREATE OR REPLACE TEMP VIEW 事实_主体 AS
SELECT 原.编号,
  原.注册地,
  原.沈抚示范区企业,
  coalesce(list_contains(string_split(原.未知对象, '；'), '贷款'), FALSE) AS 未知_贷款
FROM 主体 AS 原;

-- 主体建设、研发或改造的一个项目。
CREATE OR REPLACE TEMP VIEW 事实_项目 AS
SELECT 原.编号,
  原.主体,
  原.评审日,
  原.类别,
  原.融合方向,
  原.评审通过,
  原.所在地
FROM 项目 AS 原;

-- 一笔借款合同下的贷款。几家共同借款的，各家各报自己的那一份，项目编号相同。
CREATE OR REPLACE TEMP VIEW 事实_贷款 AS
SELECT 原.编号,
  原.主体,
  原.计息起日,
  原.计息止日,
  原.项目,
  原.用途,
  CAST(原.本金 * 100 AS BIGINT) AS 本金,
  原.申报时间
FROM 贷款 AS 原;

-- 贷款每年一行的数据
CREATE OR REPLACE TEMP VIEW 事实_贷款_年度 AS
SELECT 原.主体, 原.贷款, CAST(原.年度 AS BIGINT) AS 年度,
  CAST(原.实付利息 * 100 AS BIGINT) AS 实付利息
FROM 贷款_年度 AS 原;

-- 以前已得的，金额以分计
CREATE OR REPLACE TEMP VIEW 事实_已得 AS
SELECT 主体, 事项, 范围, 对象, 期, CAST(金额 * 100 AS BIGINT) AS 金额
FROM 已得;

-- ── 二、推导事实 ──

-- 主体的推导事实：管辖地、城市
CREATE OR REPLACE TEMP VIEW 推导_主体 AS
WITH 取数 AS (
  SELECT 主体.*
  FROM 事实_主体 AS 主体
),
步1 AS (
  SELECT 行.*,
    (starts_with(注册地, '2101') OR starts_with(注册地, '2104')) AND 沈抚示范区企业 AS 步_判断
  FROM 取数 AS 行
),
步2 AS (
  SELECT 行.*,
    CASE WHEN 步_判断 THEN 'LN-SFXQ'
      WHEN NOT 步_判断 THEN 注册地
      WHEN 'LN-SFXQ' = 注册地 THEN 'LN-SFXQ'
    END AS 管辖地
  FROM 步1 AS 行
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
FROM 步2 AS 行;

-- ── 三、事项：每个事项先逐条判断条件，再算金额和上限 ──

-- liaoning-2026:5.1 两业融合项目贷款贴息：条件
CREATE OR REPLACE TEMP VIEW "事项_5.1_条件" AS
WITH 取数 AS (
  SELECT 主体.编号 AS 主体,
    贷款.编号 AS 对象,
    主体.城市,
    贷款.计息起日 AS 贷款_计息起日,
    贷款.计息止日 AS 贷款_计息止日,
    项目.评审日 AS 项目_评审日,
    项目.类别 AS 项目_类别,
    项目.融合方向 AS 项目_融合方向,
    项目.评审通过 AS 项目_评审通过,
    贷款.用途 AS 贷款_用途,
    项目.所在地 AS 项目_所在地,
    贷款.本金 AS 贷款_本金,
    项目.编号 AS 项目_编号,
    贷款.申报时间 AS 贷款_申报时间
  FROM 推导_主体 AS 主体
  LEFT JOIN 事实_贷款 AS 贷款 ON 贷款.主体 = 主体.编号
  LEFT JOIN 事实_项目 AS 项目 ON 项目.主体 = 贷款.主体 AND 项目.编号 = 贷款.项目
  WHERE 贷款.编号 IS NOT NULL OR 主体.未知_贷款
),
期间 AS (
  SELECT 行.*,
    CASE WHEN (贷款_计息起日 <= 贷款_计息止日) IS NOT FALSE AND 贷款_计息起日 IS NOT NULL AND 贷款_计息止日 IS NOT NULL THEN 贷款_计息起日
    END AS 首日,
    CASE WHEN (贷款_计息起日 <= 贷款_计息止日) IS NOT FALSE AND 贷款_计息起日 IS NOT NULL AND 贷款_计息止日 IS NOT NULL THEN 贷款_计息止日
    END AS 末日
  FROM 取数 AS 行
),
分期 AS (
  SELECT 行.*,
    unnest(coalesce(generate_series(year(行.首日), CASE WHEN 行.末日 >= 行.首日 THEN least(year(行.末日), year(行.首日) + 100) WHEN 行.末日 < 行.首日 THEN year(行.首日) END), [NULL])) AS 行_年度
  FROM 期间 AS 行
),
各期 AS (
  SELECT 行.*,
    coalesce(CAST(行_年度 AS TEXT), '未知') AS 期,
    CASE WHEN 行_年度 IS NULL THEN 首日 ELSE greatest(首日, make_date(CAST(行_年度 AS INTEGER), 1, 1)) END AS 行_起,
    CASE WHEN 行_年度 IS NULL THEN 末日 ELSE least(末日, make_date(CAST(行_年度 AS INTEGER), 12, 31)) END AS 行_止
  FROM 分期 AS 行
),
年度数据 AS (
  SELECT 行.*,
    年.实付利息 AS 行_实付利息
  FROM 各期 AS 行
  LEFT JOIN 事实_贷款_年度 AS 年 ON 年.主体 = 行.主体 AND 年.贷款 = 行.对象 AND 年.年度 = 行.行_年度
),
步 AS (
  SELECT 行.*,
    CASE WHEN 行_起 >= DATE '2026-01-01' THEN 行_起
      WHEN 行_起 < DATE '2026-01-01' THEN DATE '2026-01-01'
    END AS 计息首日,
    CASE WHEN 行_止 <= DATE '2026-12-31' THEN 行_止
      WHEN 行_止 > DATE '2026-12-31' THEN DATE '2026-12-31'
    END AS 计息末日
  FROM 年度数据 AS 行
),
步2 AS (
  SELECT 行.*,
    CASE WHEN 计息末日 >= 计息首日 THEN 计息末日 - 计息首日 + 1 WHEN 计息末日 < 计息首日 THEN 0 END AS 计息天数
  FROM 步 AS 行
),
条件 AS (
  SELECT 行.*,
    -- 1. 事项发生在执行期内　依据“各项政策举措自印发之日起执行”
    DATE '2026-01-01' <= 项目_评审日 AND 项目_评审日 <= DATE '2026-12-31' AS 条件1,
    -- 1. 是两业融合项目　依据“支持现代服务业与先进制造业融合发展”
    项目_类别 = '两业融合' AS 条件2,
    -- 2. 属于所列方向　依据“聚焦总集成总承包、全生命周期管理、定制化服务、共享制造、供应链管理、智能制造诊断服务等方向”
    项目_融合方向 IN ('供应链管理', '全生命周期管理', '共享制造', '定制化服务', '总集成总承包', '智能制造诊断服务') OR NULL::BOOLEAN AS 条件3,
    -- 3. 通过评审，符合条件　依据“对符合条件的两业融合项目给予贴息支持”
    项目_评审通过 AS 条件4,
    -- 4. 贷款用于该项目　依据“对符合条件的两业融合项目给予贴息支持”
    贷款_用途 = '项目' AS 条件5,
    -- 5. 有利息在执行期内
    0 < 计息天数 AS 条件6,
    -- 6. 项目在辽宁省内
    starts_with(项目_所在地, '21') AS 条件7
  FROM 步2 AS 行
)
SELECT 行.*,
  CASE WHEN NOT 条件1 THEN 1
    WHEN NOT 条件2 THEN 2
    WHEN NOT 条件3 THEN 3
    WHEN NOT 条件4 THEN 4
    WHEN NOT 条件5 THEN 5
    WHEN NOT 条件6 THEN 6
    WHEN NOT 条件7 THEN 7
  END AS 首个不符_序
FROM 条件 AS 行;

-- liaoning-2026:5.1 两业融合项目贷款贴息：金额
CREATE OR REPLACE TEMP VIEW "事项_5.1_判定" AS
WITH 过 AS (
  SELECT * FROM "事项_5.1_条件"
  WHERE 首个不符_序 IS NULL
),
算 AS (
  SELECT 行.*,
    CAST((CASE WHEN (贷款_本金 * 2)::HUGEINT * 计息天数 <= 行_实付利息::HUGEINT * 365 * 100 THEN (贷款_本金 * 2)::HUGEINT * 计息天数
      WHEN (贷款_本金 * 2)::HUGEINT * 计息天数 > 行_实付利息::HUGEINT * 365 * 100 THEN 行_实付利息::HUGEINT * 365 * 100
    END + 18250) // 36500 AS BIGINT) AS 步_数
  FROM 过 AS 行
),
结论 AS (
  SELECT 行.*,
    CASE WHEN 条件1 AND 条件2 AND 条件3 AND 条件4 AND 条件5 AND 条件6 AND 条件7 THEN '符合' ELSE '待补充' END AS 结果,
    CASE WHEN 贷款_本金 IS NOT NULL AND 行_起 IS NOT NULL AND 行_止 IS NOT NULL AND 行_实付利息 IS NOT NULL AND 项目_编号 IS NOT NULL THEN '定额'
      ELSE '待补充'
    END AS 金额状态,
    nullif(concat_ws('；',
      CASE WHEN 项目_编号 IS NULL THEN '项目' END,
      CASE WHEN 项目_编号 IS NOT NULL AND 项目_类别 IS NULL THEN '项目.类别' END,
      CASE WHEN 项目_编号 IS NOT NULL AND 项目_所在地 IS NULL THEN '项目.所在地' END,
      CASE WHEN 项目_编号 IS NOT NULL AND 项目_评审日 IS NULL THEN '项目.评审日' END,
      CASE WHEN 项目_编号 IS NOT NULL AND 项目_评审通过 IS NULL THEN '项目.评审通过' END,
      CASE WHEN (项目_融合方向 IN ('供应链管理', '全生命周期管理', '共享制造', '定制化服务', '总集成总承包', '智能制造诊断服务') OR NULL::BOOLEAN) IS NULL
          AND 项目_编号 IS NOT NULL AND 项目_融合方向 IS NULL THEN '项目.融合方向' END,
      CASE WHEN 贷款_本金 IS NULL THEN '贷款.本金' END,
      CASE WHEN 贷款_用途 IS NULL THEN '贷款.用途' END,
      CASE WHEN 行_实付利息 IS NULL THEN '贷款.年度.实付利息' END), '') AS 缺
  FROM 算 AS 行
),
求额 AS (
  SELECT 行.*,
    CASE WHEN 结果 = '符合' AND 金额状态 = '定额' THEN CASE WHEN 步_数 >= 0 THEN 步_数 WHEN 步_数 < 0 THEN 0 END
    END AS 求额,
    200000000 AS "上限_项目·政策期",
    项目_编号 AS "账户_项目·政策期"
  FROM 结论 AS 行
),
已得 AS (
  SELECT 行.*,
    (SELECT CAST(coalesce(sum(得.金额), 0) AS BIGINT) FROM 事实_已得 AS 得
      WHERE 得.事项 IN ('5.1', 'liaoning-2026:5.1') AND (得.范围 IS NULL OR 得.范围 = '项目')
        AND (得.对象 = 行."账户_项目·政策期" OR 得.对象 IS NULL AND 得.主体 IN (SELECT 同.主体 FROM 求额 AS 同 WHERE 同.求额 IS NOT NULL AND 同."账户_项目·政策期" = 行."账户_项目·政策期"))) AS "已得_项目·政策期"
  FROM 求额 AS 行
),
上限 AS (
  SELECT 行.*,
    -- 上限“项目·政策期”：前面的行用过以后，账户里还剩多少
    CASE WHEN 求额 IS NOT NULL THEN CAST(greatest(0, least(求额, "上限_项目·政策期" - "已得_项目·政策期" - coalesce(sum(求额) OVER (PARTITION BY "账户_项目·政策期" ORDER BY 贷款_申报时间 NULLS LAST, coalesce(对象, ''), 主体, 行_年度 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS BIGINT)
    END AS "额_项目·政策期"
  FROM 已得 AS 行
)
SELECT 主体, 对象, 'liaoning-2026:5.1' AS 事项, 期, 结果, 金额状态, "额_项目·政策期" AS 金额_分,
  NULL::TEXT AS 首个不符, 缺, CASE WHEN "额_项目·政策期" < 求额 THEN '项目·政策期' END AS 上限作用, 城市,
  贷款_申报时间 AS 申报时间
FROM 上限 AS 行;

-- ── 四、结果 ──

-- 符合和待补充的行
CREATE OR REPLACE TEMP VIEW 判定_非不符合 AS
SELECT 主体, 对象, 事项, 期, 结果, 金额状态, 金额_分, 首个不符, 缺, 上限作用 FROM "事项_5.1_判定";

-- 各事项的条件，按判断的先后
CREATE OR REPLACE TEMP VIEW 条件表 AS
SELECT * FROM (VALUES
  ('liaoning-2026:5.1', 1, 1, '事项发生在执行期内'),
  ('liaoning-2026:5.1', 2, 1, '是两业融合项目'),
  ('liaoning-2026:5.1', 3, 2, '属于所列方向'),
  ('liaoning-2026:5.1', 4, 3, '通过评审，符合条件'),
  ('liaoning-2026:5.1', 5, 4, '贷款用于该项目'),
  ('liaoning-2026:5.1', 6, 5, '有利息在执行期内'),
  ('liaoning-2026:5.1', 7, 6, '项目在辽宁省内')
) AS 各(事项, 首个不符_序, 条件序号, 条件);

-- 全部的行，包括不符合的
CREATE OR REPLACE TEMP VIEW 判定 AS
SELECT * FROM 判定_非不符合
UNION ALL
SELECT 行.主体, 行.对象, 行.事项, 行.期, '不符合', '无金额', NULL, 条.条件, NULL, NULL
FROM (
  SELECT 'liaoning-2026:5.1' AS 事项, 主体, 对象, 期, 首个不符_序 FROM "事项_5.1_条件" WHERE 首个不符_序 IS NOT NULL
) AS 行 JOIN 条件表 AS 条 ON 条.事项 = 行.事项 AND 条.首个不符_序 = 行.首个不符_序;

-- 不符合的行数，按事项、城市和首个不符的条件
CREATE OR REPLACE TEMP VIEW 判定_不符合数 AS
SELECT 行.事项, 行.城市, 条.条件序号, 条.条件, 行.行数
FROM (
  SELECT 'liaoning-2026:5.1' AS 事项, 城市, 首个不符_序, count(*) AS 行数 FROM "事项_5.1_条件" WHERE 首个不符_序 IS NOT NULL GROUP BY 城市, 首个不符_序
) AS 行 JOIN 条件表 AS 条 ON 条.事项 = 行.事项 AND 条.首个不符_序 = 行.首个不符_序;
