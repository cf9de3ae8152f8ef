-- The rules of score_rules.json (`scored`) and, with those of score_event_rules.json, `scored_events`, over the views
-- `lead` and `event`, which the benchmark makes before it reads this file. Empty fields are NULL. The analysis date is
-- 2026-01-01.
CREATE MACRO clamp(points, least_points, most_points) AS least(greatest(points, least_points), most_points);
CREATE MACRO grade_of(score) AS
    CASE WHEN score >= 70 THEN 'A' WHEN score >= 50 THEN 'B' WHEN score >= 30 THEN 'C' ELSE 'D' END;
CREATE MACRO or_none(points) AS coalesce(points, 0);

CREATE VIEW pointed AS SELECT *,
    clamp(
        CASE WHEN industry IN ('Software', 'Fintech', 'E-commerce', 'Healthcare', 'Manufacturing') THEN 12 ELSE 0 END
        + CASE WHEN industry IN ('Education', 'Public sector', 'Legal') THEN -10 ELSE 0 END
        + CASE WHEN employees IS NULL THEN -2 WHEN employees < 10 THEN -5 WHEN employees < 50 THEN 5
               WHEN employees < 1000 THEN 12 ELSE 8 END
        + CASE WHEN annual_revenue >= 500000000 THEN 6 WHEN annual_revenue >= 10000000 THEN 10
               WHEN annual_revenue >= 1000000 THEN 4 ELSE 0 END
        + CASE WHEN country IS NULL THEN 0 ELSE CASE country WHEN 'United States' THEN 8 WHEN 'United Kingdom' THEN 8
               WHEN 'Germany' THEN 6 WHEN 'France' THEN 5 WHEN 'Netherlands' THEN 5 WHEN 'Canada' THEN 4
               WHEN 'Australia' THEN 3 ELSE -5 END END, -20, 40)
    + clamp(
        CASE WHEN contains(lower(job_title), 'chief') OR contains(lower(job_title), 'ceo')
               OR contains(lower(job_title), 'founder') OR contains(lower(job_title), 'owner')
               OR contains(lower(job_title), 'vp ') THEN 15 ELSE 0 END
        + CASE WHEN contains(lower(job_title), 'director') OR contains(lower(job_title), 'head of')
               OR contains(lower(job_title), 'manager') THEN 8 ELSE 0 END
        + CASE WHEN contains(lower(job_title), 'student') OR contains(lower(job_title), 'trainee') THEN -15 ELSE 0 END
        + CASE WHEN regexp_matches(email, '@(gmail|yahoo|outlook|hotmail|gmx)[.]') THEN -8 ELSE 0 END
        + CASE WHEN phone <> '' THEN 4 ELSE 0 END
        + CASE lower(source) WHEN 'referral' THEN 10 WHEN 'webinar' THEN 6 WHEN 'trade show' THEN 5
               WHEN 'organic search' THEN 3 WHEN 'paid search' THEN 2 WHEN 'cold list' THEN -8 ELSE 0 END, -15, 30)
    + clamp(
        CASE WHEN budget >= 10000 THEN 14 WHEN budget >= 1000 THEN 6 ELSE 0 END
        + CASE timeline WHEN 'now' THEN 12 WHEN 'this month' THEN 10 WHEN 'this quarter' THEN 6
               WHEN 'next quarter' THEN 3 WHEN 'just looking' THEN -3 ELSE 0 END
        + CASE WHEN lead_status IN ('Working', 'Qualified') THEN 5 ELSE 0 END
        + CASE WHEN lead_status = 'Unqualified' THEN -30 ELSE 0 END, -30, 30) AS fit_points,
    clamp(
        CASE WHEN page_views >= 50 THEN 15 WHEN page_views >= 10 THEN 9 WHEN page_views >= 3 THEN 4 ELSE 0 END
        + CASE WHEN email_opens >= 5 AND page_views >= 3 THEN 8 ELSE 0 END
        + CASE WHEN opt_out THEN -20 ELSE 0 END
        + CASE WHEN last_activity_at IS NULL THEN -3 WHEN DATE '2026-01-01' - last_activity_at < 15 THEN 12
               WHEN DATE '2026-01-01' - last_activity_at < 45 THEN 6
               WHEN DATE '2026-01-01' - last_activity_at >= 180 THEN -10 ELSE 0 END
        + CASE WHEN DATE '2026-01-01' - created_at::DATE < 30 THEN 5 ELSE 0 END, -30, 40) AS attention_points
    FROM lead;

CREATE VIEW totalled AS SELECT * EXCLUDE (fit_points, attention_points),
    clamp(clamp(fit_points, -30, 70) + clamp(attention_points, -30, 60), 0, 100) AS score FROM pointed;
CREATE VIEW scored AS SELECT *, grade_of(score) AS grade FROM totalled;

-- `age`: whole days to the analysis date
CREATE VIEW aged AS SELECT *, DATE '2026-01-01' - occurred_at::DATE AS age FROM event;
CREATE VIEW event_points AS SELECT lead_id AS of_lead,
    clamp(
        CASE WHEN count(*) FILTER (event = 'demo_request') > 0 THEN 20 ELSE 0 END
        + CASE WHEN count(*) FILTER (event = 'pricing_page' AND age < 30) >= 3 THEN 12
               WHEN count(*) FILTER (event = 'pricing_page' AND age < 30) >= 1 THEN 5 ELSE 0 END
        + least(or_none(sum(8 * pow(0.5, age // 30)) FILTER (event = 'webinar')), 16)
        + CASE WHEN max("value") FILTER (event = 'calculator') >= 1000 THEN 10
               WHEN max("value") FILTER (event = 'calculator') >= 100 THEN 5 ELSE 0 END, -1000, 40)
    + clamp(
        least(or_none(sum(pow(0.5, age // 30)) FILTER (event = 'email_open' AND channel = 'email' AND age < 90)), 5)
        + least(or_none(sum(3 * pow(0.5, age // 30)) FILTER (event = 'email_click' AND age < 90)), 9)
        + CASE WHEN count(DISTINCT age) FILTER (event IN ('page_view', 'pricing_page') AND age < 30) >= 6 THEN 8
               WHEN count(DISTINCT age) FILTER (event IN ('page_view', 'pricing_page') AND age < 30) >= 3 THEN 4
               ELSE 0 END
        + CASE WHEN count(*) FILTER (event = 'unsubscribe') > 0 THEN -20 ELSE 0 END
        + CASE WHEN min(age) >= 60 THEN -10 WHEN min(age) >= 30 THEN -5 ELSE 0 END, -30, 25) AS points
    FROM aged GROUP BY lead_id;
-- a lead without any event: -5 for being quiet
CREATE VIEW totalled_events AS SELECT * EXCLUDE (fit_points, attention_points, of_lead, points),
    clamp(clamp(fit_points, -30, 70) + clamp(attention_points + coalesce(points, -5), -30, 60), 0, 100) AS score
    FROM pointed LEFT JOIN event_points ON lead_id = of_lead;
-- as many digits as crm-score writes
CREATE VIEW scored_events AS SELECT * EXCLUDE (score), round(score, 2) AS score, grade_of(score) AS grade
    FROM totalled_events;
