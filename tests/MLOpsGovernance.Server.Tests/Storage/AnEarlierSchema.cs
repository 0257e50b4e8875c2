using Microsoft.AspNetCore.Builder;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>A database that was migrated by another version than the one that starts on it.</summary>
public sealed class AnEarlierSchema(Database database)
{
    [Theory]
    [InlineData("drop table governance.mt_doc_findingrow", " (governance.mt_doc_findingrow is missing or of another shape)")]
    [InlineData("alter table governance.mt_doc_findingrow drop column mt_dotnet_type", " (governance.mt_doc_findingrow is missing or of another shape)")]
    [InlineData("drop index governance.mt_doc_findingrow_idx_model", " (governance.mt_doc_findingrow is missing or of another shape)")]
    [InlineData("drop function governance.mt_quick_append_events", " (governance.mt_quick_append_events is missing or of another shape)")]
    [InlineData("truncate governance.migrations", "")]
    [InlineData("drop table governance.migrations", "")]
    public async Task Is_refused_in_one_sentence_until_the_migration_has_run(string earlier, string what)
    {
        await using var app = await MigratedAsync();
        await ChangeAsync(earlier);

        (await Should.ThrowAsync<StartupException>(ServerHost.EnsureMigratedAsync(app))).Message
            .ShouldBe($"The database was last migrated by an earlier version{what}: run `mlgov-server migrate` first.");

        await ServerHost.PrepareAsync(app, LocalPostgresTest.Token);
        await ServerHost.EnsureMigratedAsync(app);
    }

    [Fact]
    public async Task Is_none_when_a_later_version_has_added_something()
    {
        await using var app = await MigratedAsync();
        await ChangeAsync("""
            alter table governance.mt_doc_findingrow add column later text;
            create index later on governance.mt_doc_findingrow (later);
            create table governance.mt_doc_later (id text primary key);
            alter table governance.answers add column later text;
            insert into governance.migrations (digest) values ('that of a later version');
            """);

        await ServerHost.EnsureMigratedAsync(app);
    }

    private string _connection = "";

    private Task<object?> ChangeAsync(string sql) => LocalPostgresTest.QueryAsync(_connection, sql);

    private async Task<WebApplication> MigratedAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(AnEarlierSchema));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        var app = ServerHost.Build(builder, _connection, new(Path.GetTempPath(), Development: false), serves: false);
        await ServerHost.PrepareAsync(app, LocalPostgresTest.Token);
        await ServerHost.EnsureMigratedAsync(app);
        return app;
    }
}
