using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Orleans' membership on PostgreSQL. Its packages hold no SQL: the provider reads nine statements from the table
/// <c>OrleansQuery</c> and runs them as they are, so tables and statements are ours. The tables have the names and columns of Orleans' documentation.
/// </summary>
public static class OrleansTables
{
    public const string Schema = "orleans";

    /// <summary>Any number will do, if all nodes use the same and nothing else uses it.</summary>
    private const long MigrationLock = 0x6f726c65616e73;

    internal const string Tables =
        """
        create schema if not exists orleans;

        create table if not exists orleans.orleansquery (
            querykey varchar(64) primary key,
            querytext varchar(8000) not null);

        create table if not exists orleans.orleansmembershipversiontable (
            deploymentid varchar(150) primary key,
            timestamp timestamptz(3) not null default now(),
            version integer not null default 0);

        create table if not exists orleans.orleansmembershiptable (
            deploymentid varchar(150) not null references orleans.orleansmembershipversiontable,
            address varchar(45) not null,
            port integer not null,
            generation integer not null,
            siloname varchar(150) not null,
            hostname varchar(150) not null,
            status integer not null,
            proxyport integer null,
            suspecttimes varchar(8000) null,
            starttime timestamptz(3) not null,
            iamalivetime timestamptz(3) not null,
            primary key (deploymentid, address, port, generation));
        """;

    private const string Upsert =
        """
        insert into orleans.orleansquery (querykey, querytext) values ($1, $2)
        on conflict (querykey) do update set querytext = excluded.querytext
        """;

    /// <summary>
    /// Makes or completes tables and statements. May run on many nodes at once and any number of times; in the end all of it is there,
    /// or, after a failure, as it was before.
    /// </summary>
    public static async Task MigrateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = MigrationLock } } });
        foreach (var statement in Tables.Split(";", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            batch.BatchCommands.Add(new(statement));
        foreach (var (key, text) in OrleansTablesQueries.All)
            batch.BatchCommands.Add(new(Upsert) { Parameters = { new() { Value = key }, new() { Value = text } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A data source for Orleans alone: the provider names <c>OrleansQuery</c> without a schema.</summary>
    public static NpgsqlDataSource DataSource(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, MaxPoolSize = 10 });
}
