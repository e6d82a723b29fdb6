using Relance.Storage;

namespace Relance.Tests.Storage;

public abstract class The_schema_arrives_once(Dialect dialect)
{
    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var storage = await TestDatabase.CreateAsync(dialect);
        var before = await AppliedAsync(storage.Database);
        before.ShouldNotBeEmpty();
        await Migrator.MigrateAsync(storage.Database);
        (await AppliedAsync(storage.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task Eight_that_start_at_once_on_an_empty_database_all_succeed()
    {
        await using var storage = await TestDatabase.EmptyAsync(dialect);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var database = new Database(storage.ConnectionString);
            await Migrator.MigrateAsync(database);
        })));
        (await AppliedAsync(storage.Database)).ShouldBeUnique();
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await using var storage = await TestDatabase.CreateAsync(dialect);
        await storage.Database.WriteAsync(s => s.ExecuteAsync("INSERT INTO migration (number, name) VALUES (9999, 'later')"));
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => Migrator.MigrateAsync(storage.Database));
        refused.Message.ShouldContain("9999");
    }

    private static Task<IReadOnlyList<string>> AppliedAsync(Database database) =>
        database.ReadAsync(s => s.QueryAsync<string>("SELECT name FROM migration ORDER BY number"));
}

public sealed class The_schema_arrives_once_in_SQLite() : The_schema_arrives_once(Dialect.Sqlite);

public sealed class The_schema_arrives_once_in_PostgreSQL() : The_schema_arrives_once(Dialect.Postgres);
