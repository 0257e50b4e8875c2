using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Server.Audit;
using Npgsql;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>The log as it lies in a database, whichever server let it grow.</summary>
internal static class TheLogOf
{
    /// <summary>The newest signed checkpoint, once there is one.</summary>
    public static async Task<Checkpoint> NewestAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        Checkpoint? newest = null;
        await UntilAsync(async () => (newest = (await new LogReader(source).NewestAsync(Token))?.Checkpoint) is not null, TimeSpan.FromSeconds(20));
        return newest!;
    }

    /// <summary>Waits until every event is taken in and signed; then there is no gap, no leaf twice, and it continues what was signed before.</summary>
    public static async Task IsWholeAndContinuesAsync(string connection, Checkpoint before)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        var reader = new LogReader(source);
        await UntilAsync(async () => (await reader.NewestAsync(Token))?.Checkpoint.Size == (ulong)await NumberAsync(source, "select count(*) from governance.mt_events where stream_id <> 'mt_tombstone'"), TimeSpan.FromSeconds(30));

        (await NumberAsync(source, "select count(*) from governance.log_leaf l full join (select id from governance.mt_events where stream_id <> 'mt_tombstone') e on e.id = l.event_id where e.id is null or l.event_id is null")).ShouldBe(0);
        (await NumberAsync(source, "select coalesce(max(idx), -1) + 1 - count(*) from governance.log_leaf")).ShouldBe(0);
        (await NumberAsync(source, "select count(*) from (select seq < lag(seq) over (order by idx) as back from governance.log_leaf) o where back")).ShouldBe(0);
        var now = (await reader.NewestAsync(Token))!.Checkpoint;
        var growth = await reader.ExtendAsync(before.Size, now.Size, Token);
        TreeVerifier.IsConsistent(before.Size, now.Size, before.Root, now.Root, growth).ShouldBeTrue();
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture);
    }
}
