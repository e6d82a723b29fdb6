using Relance.Domain.Billing;
using Relance.Storage;

namespace Relance.Tests.Storage;

public abstract class Values_come_back_as_they_went(Dialect dialect) : StorageTests(dialect)
{
    [Theory]
    [InlineData("2028-02-29")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_date(string date)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var back = await StoredAsync(day.Text());
        back.ShouldBe(date);
        Values.Date(back).ShouldBe(day);
    }

    [Theory]
    [InlineData("2026-03-29T02:30:00.123+01:00")]
    [InlineData("1969-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    public async Task An_instant_to_the_millisecond(string text)
    {
        var instant = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        await ExecuteAsync("UPDATE shop SET cursor_at = @at", new { at = instant.Millis() });
        Values.Instant(await ValueAsync<long>("SELECT cursor_at FROM shop")).ShouldBe(instant);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(1), InlineData(14400), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public async Task Money_to_the_cent(long minor)
    {
        await ExecuteAsync(
            """
            INSERT INTO invoice (id, shop_id, external_id, role, number, created_via, total, paid, currency, status, payment_method, created_at, source_at)
            VALUES ('i', @ShopId, '12', 'opens', '12', 'checkout', @minor, 0, 'EUR', 'pending', '', 0, 0)
            """, new { ShopId, minor });
        new Money(await ValueAsync<long>("SELECT total FROM invoice"), "EUR").ShouldBe(new Money(minor, "EUR"));
        // PostgreSQL adds BIGINT up as NUMERIC, SQLite as integer.
        (await ValueAsync<long>("SELECT CAST(SUM(total) AS BIGINT) FROM invoice")).ShouldBe(minor);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Lefèvre & fils — « été » 👩‍💻 ' \" ; -- \r\n\t")]
    [InlineData("e\u0301 \u00A0 \uFFFD")]
    public async Task Text_letter_by_letter(string text) => (await StoredAsync(text)).ShouldBe(text);

    [Fact]
    public async Task Bytes_even_none_and_a_megabyte()
    {
        foreach (var length in new[] { 0, 1, 256, 1024 * 1024 })
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            var hash = Values.Hash(bytes);
            await ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @bytes)", new { hash, bytes });
            (await ValueAsync<byte[]>("SELECT bytes FROM content WHERE hash = @hash", new { hash })).ShouldBe(bytes);
        }
    }

    [Fact]
    public async Task What_is_unknown_stays_unknown()
    {
        (await ValueAsync<long?>("SELECT cursor_at FROM shop")).ShouldBeNull();
        (await ValueAsync<string>("SELECT planned_on FROM shop")).ShouldBeNull();
    }

    [Fact]
    public void Ids_are_unique_and_in_the_order_they_were_made()
    {
        var ids = Enumerable.Range(0, 50).Select(_ => { Thread.Sleep(2); return Values.NewId(); }).ToList();
        ids.ShouldBeUnique();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    private async Task<string> StoredAsync(string value)
    {
        await ExecuteAsync("INSERT INTO instance (key, value) VALUES ('k', @value)", new { value });
        return (await ValueAsync<string>("SELECT value FROM instance WHERE key = 'k'"))!;
    }
}

public sealed class Values_come_back_as_they_went_in_SQLite() : Values_come_back_as_they_went(Dialect.Sqlite);

public sealed class Values_come_back_as_they_went_in_PostgreSQL() : Values_come_back_as_they_went(Dialect.Postgres);
