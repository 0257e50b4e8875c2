using Npgsql;

namespace MLOpsGovernance.Server.Storage;

internal static class LocalPostgresDatabase
{
    private const string Name = "governance";

    /// <summary>Answers a connection string of the database <c>governance</c>, which exists then.</summary>
    public static async Task<string> EnsureAsync(int port, string password, int maxConnections, CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = Name,
            Username = LocalPostgresCluster.User,
            Password = password,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            // Two pools of one server, and whoever looks in with psql, stay below the limit together.
            MaxPoolSize = Math.Max(1, maxConnections * 2 / 5),
        };
        try
        {
            await ExecuteAsync(address, "select 1", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await ExecuteAsync(new(address.ConnectionString) { Database = "postgres" }, $"create database {Name}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalPostgresUnavailableException("The password kept in the data folder does not open its database: one of the two was replaced.", e);
        }

        return address.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder address, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
