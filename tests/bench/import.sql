-- What crm-import makes of the contacts, telephone numbers left out, over the view `contact`, which the benchmark makes before
-- it reads this file, with the types of its columns told. Columns are named and written as crm-import does. Only the
-- countries and the writings of them that the contacts have are known here. The join is the fastest way to look them up; with
-- more than one thread it changes the order of the records.
CREATE TABLE country AS SELECT unnest(writings) AS writing, code FROM (VALUES
    ('US', ['united states', 'usa', 'us']), ('GB', ['united kingdom', 'uk', 'great britain']),
    ('DE', ['germany', 'deutschland', 'de']), ('FR', ['france', 'fr']), ('ES', ['spain', 'españa', 'es']),
    ('IT', ['italy', 'italia', 'it']), ('NL', ['netherlands', 'the netherlands', 'nederland']),
    ('PL', ['poland', 'polska', 'pl']), ('BR', ['brazil', 'brasil', 'br']),
    ('RU', ['russia', 'россия', 'russian federation']), ('CN', ['china', '中国', 'cn']), ('IN', ['india', 'in']),
    ('AU', ['australia', 'au']), ('JP', ['japan', '日本', 'jp'])) AS known(code, writings);

CREATE VIEW imported AS
SELECT trim("Contact ID") AS contact_id, trim("Full Name") AS full_name, names[1] AS first_name,
       nullif(array_to_string(names[2:-2], ' '), '') AS middle_name, CASE WHEN len(names) > 1 THEN names[-1] END AS last_name,
       address[1] || '@' || lower(address[2]) AS email,
       regexp_replace(lower(address[1]), '[+].*$', '') || '@' || lower(address[2]) AS email_key,
       trim("Company") AS company, trim("City") AS city, code AS country,
       strftime("Birthday", '%Y-%m-%d') AS birth_date, strftime("Created At", '%Y-%m-%dT%H:%M:%SZ') AS created_at,
       trim("Note") AS note
FROM (SELECT *, string_split(trim("Full Name"), ' ') AS names, string_split(trim("Email"), '@') AS address FROM contact)
LEFT JOIN country ON writing = lower(trim("Country"));
