using System.Globalization;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>The nine statements as Orleans sends them: read from the table by key, with named parameters.</summary>
public sealed class OrleansTablesContract(Database databases) : IAsyncLifetime
{
    private const string Cluster = "cluster-a";
    private const int Active = 3, Dead = 6;

    private static readonly DateTime Noon = new(2026, 1, 5, 12, 0, 0, DateTimeKind.Utc);

    private NpgsqlDataSource _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = OrleansTables.DataSource(await databases.NewDatabaseAsync(nameof(OrleansTablesContract)));
        await OrleansTables.MigrateAsync(_database, Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Holds_the_nine_keys_under_the_name_that_orleans_asks_for()
    {
        await using var command = _database.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var keys = new List<string>();
        while (await reader.ReadAsync(Token)) keys.Add(reader.GetString(0));

        keys.ShouldBe(
            [
                "CleanupDefunctSiloEntriesKey", "DeleteMembershipTableEntriesKey", "GatewaysQueryKey", "InsertMembershipKey", "InsertMembershipVersionKey",
                "MembershipReadAllKey", "MembershipReadRowKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task May_be_migrated_again_and_by_many_at_once()
    {
        await AddVersionAsync();
        (await InsertAsync(1, version: 0)).ShouldBe(1);
        await using (var spoil = _database.CreateCommand("update orleansquery set querytext = 'select 0'")) await spoil.ExecuteNonQueryAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrleansTables.MigrateAsync(_database, Token)));

        (await ReadAllAsync()).ShouldHaveSingleItem()["Version"].ShouldBe(1);
    }

    [Fact]
    public async Task Adds_the_version_row_once()
    {
        (await AddVersionAsync()).ShouldBe(1);
        (await AddVersionAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Reads_one_row_when_no_silo_is_known()
    {
        await AddVersionAsync();

        var row = (await ReadAllAsync()).ShouldHaveSingleItem();

        row["Version"].ShouldBe(0);
        row["StartTime"].ShouldBe(DBNull.Value);
        row["Address"].ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Adds_a_silo_and_raises_the_version()
    {
        await AddVersionAsync();

        (await InsertAsync(1, version: 0)).ShouldBe(1);

        var row = (await ReadAllAsync()).ShouldHaveSingleItem();
        row.Keys.ShouldBe(
            ["Address", "Port", "Generation", "SiloName", "HostName", "Status", "ProxyPort", "SuspectTimes", "StartTime", "IAmAliveTime", "Version"],
            Case.Insensitive);
        row["Address"].ShouldBe("127.0.0.1");
        row["Port"].ShouldBe(11111);
        row["Generation"].ShouldBe(1);
        row["SiloName"].ShouldBe("silo-1");
        row["HostName"].ShouldBe("host");
        row["Status"].ShouldBe(Active);
        row["ProxyPort"].ShouldBe(30000);
        row["SuspectTimes"].ShouldBe(DBNull.Value);
        row["StartTime"].ShouldBe(Noon);
        row["IAmAliveTime"].ShouldBe(Noon);
        row["Version"].ShouldBe(1);
    }

    [Theory]
    [InlineData(2, 0)] // another silo on a stale version
    [InlineData(2, 2)] // another silo on a version to come
    [InlineData(1, 1)] // a silo that is there
    public async Task Refuses_an_insert_and_changes_nothing(int generation, int version)
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);

        (await InsertAsync(generation, version)).ShouldBe(0);

        (await ReadAllAsync()).ShouldHaveSingleItem()["Version"].ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_silo_of_an_unknown_cluster() => (await InsertAsync(1, version: 0)).ShouldBe(0);

    [Fact]
    public async Task Lets_one_of_many_racing_silos_win_each_version()
    {
        await AddVersionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(generation => InsertAsync(generation, version: 0)));

        answers.Count(answer => answer == 1).ShouldBe(1);
        (await ReadAllAsync()).ShouldHaveSingleItem()["Version"].ShouldBe(1);
    }

    [Fact]
    public async Task Reads_one_silo_or_the_version_alone()
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1);

        var known = (await RowsAsync("MembershipReadRowKey", Silo(2))).ShouldHaveSingleItem();
        known["Generation"].ShouldBe(2);
        known["Version"].ShouldBe(2);

        var unknown = (await RowsAsync("MembershipReadRowKey", Silo(3))).ShouldHaveSingleItem();
        unknown["StartTime"].ShouldBe(DBNull.Value);
        unknown["Version"].ShouldBe(2);
    }

    [Fact]
    public async Task Updates_a_silo_and_raises_the_version()
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);
        const string Suspects = "127.0.0.1:11112@7,2026-01-05 12:00:00.000 GMT";

        (await UpdateAsync(1, version: 1, Dead, Suspects, Noon.AddMinutes(1))).ShouldBe(1);

        var row = (await ReadAllAsync()).ShouldHaveSingleItem();
        row["Status"].ShouldBe(Dead);
        row["SuspectTimes"].ShouldBe(Suspects);
        row["IAmAliveTime"].ShouldBe(Noon.AddMinutes(1));
        row["StartTime"].ShouldBe(Noon);
        row["Version"].ShouldBe(2);
    }

    [Theory]
    [InlineData(1, 0)] // a stale version
    [InlineData(2, 1)] // an unknown silo
    public async Task Refuses_an_update_and_changes_nothing(int generation, int version)
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);

        (await UpdateAsync(generation, version, Dead, null, Noon.AddMinutes(1))).ShouldBe(0);

        var row = (await ReadAllAsync()).ShouldHaveSingleItem();
        row["Status"].ShouldBe(Active);
        row["Version"].ShouldBe(1);
    }

    [Fact]
    public async Task Notes_a_sign_of_life_without_raising_the_version()
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);

        await RowsAsync("UpdateIAmAlivetimeKey", [.. Silo(1), Time("IAmAliveTime", Noon.AddMinutes(5))]);

        var row = (await ReadAllAsync()).ShouldHaveSingleItem();
        row["IAmAliveTime"].ShouldBe(Noon.AddMinutes(5));
        row["Version"].ShouldBe(1);
    }

    [Fact]
    public async Task Cleans_up_silos_that_are_long_gone_and_not_active()
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1);
        await InsertAsync(3, version: 2);
        await UpdateAsync(1, version: 3, Dead, null, Noon);
        await UpdateAsync(2, version: 4, Dead, null, Noon.AddHours(2));

        await RowsAsync("CleanupDefunctSiloEntriesKey", [Text("DeploymentId", Cluster), Time("IAmAliveTime", Noon.AddHours(1))]);

        (await ReadAllAsync()).Select(row => row["Generation"]).ShouldBe([2, 3], ignoreOrder: true);
    }

    [Fact]
    public async Task Lists_active_gateways()
    {
        await AddVersionAsync();
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1, proxyPort: 0);
        await InsertAsync(3, version: 2);
        await UpdateAsync(3, version: 3, Dead, null, Noon);

        var gateway = (await RowsAsync("GatewaysQueryKey", [Text("DeploymentId", Cluster), Number("Status", Active)])).ShouldHaveSingleItem();

        gateway.Keys.ShouldBe(["Address", "ProxyPort", "Generation"], Case.Insensitive);
        gateway["Generation"].ShouldBe(1);
        gateway["ProxyPort"].ShouldBe(30000);
    }

    [Fact]
    public async Task Deletes_one_cluster_and_leaves_the_others()
    {
        await AddVersionAsync();
        await AddVersionAsync("cluster-b");
        await InsertAsync(1, version: 0);

        await RowsAsync("DeleteMembershipTableEntriesKey", [Text("DeploymentId", Cluster)]);

        (await ReadAllAsync()).ShouldBeEmpty();
        (await ReadAllAsync("cluster-b")).ShouldHaveSingleItem();
    }

    private static NpgsqlParameter Text(string name, string? value) => new(name, NpgsqlDbType.Text) { Value = value ?? (object)DBNull.Value };

    private static NpgsqlParameter Number(string name, int value) => new(name, NpgsqlDbType.Integer) { Value = value };

    private static NpgsqlParameter Time(string name, DateTime value) => new(name, NpgsqlDbType.TimestampTz) { Value = value };

    private static NpgsqlParameter[] Silo(int generation) =>
        [Text("DeploymentId", Cluster), Text("Address", "127.0.0.1"), Number("Port", 11111), Number("Generation", generation)];

    private Task<int> AddVersionAsync(string cluster = Cluster) => FlagAsync("InsertMembershipVersionKey", [Text("DeploymentId", cluster)]);

    private Task<int> InsertAsync(int generation, int version, int proxyPort = 30000) => FlagAsync(
        "InsertMembershipKey",
        [
            .. Silo(generation), Text("SiloName", string.Create(CultureInfo.InvariantCulture, $"silo-{generation}")), Text("HostName", "host"), Number("Status", Active),
            Number("ProxyPort", proxyPort), Time("StartTime", Noon), Time("IAmAliveTime", Noon), Number("Version", version),
        ]);

    private Task<int> UpdateAsync(int generation, int version, int status, string? suspects, DateTime alive) => FlagAsync(
        "UpdateMembershipKey",
        [.. Silo(generation), Number("Status", status), Text("SuspectTimes", suspects), Time("IAmAliveTime", alive), Number("Version", version)]);

    private Task<List<Dictionary<string, object>>> ReadAllAsync(string cluster = Cluster) => RowsAsync("MembershipReadAllKey", [Text("DeploymentId", cluster)]);

    private async Task<int> FlagAsync(string key, NpgsqlParameter[] parameters) =>
        (await RowsAsync(key, parameters)).ShouldHaveSingleItem().ShouldHaveSingleItem().Value.ShouldBeOfType<int>();

    private async Task<List<Dictionary<string, object>>> RowsAsync(string key, NpgsqlParameter[] parameters)
    {
        await using var command = _database.CreateCommand(await TextOfAsync(key));
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<Dictionary<string, object>>();
        while (await reader.ReadAsync(Token))
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue, StringComparer.OrdinalIgnoreCase));
        return rows;
    }

    private async Task<string> TextOfAsync(string key)
    {
        await using var command = _database.CreateCommand("select querytext from orleansquery where querykey = $1");
        command.Parameters.AddWithValue(key);
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
