using System.Linq.Expressions;
using Marten;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Reads the registers that projections keep. A list waits a moment for its register, so that who has just written finds what they wrote.</summary>
internal sealed class Registers(IDocumentStore store, Npgsql.NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>The projection that keeps them all.</summary>
    public const string Name = "Registers";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Step = TimeSpan.FromMilliseconds(25);

    /// <summary>One page in the order of ids; the cursor is the last id of the page before.</summary>
    public async Task<Result<Listed<T>>> ListAsync<T>(Page page, Func<IQueryable<T>, IQueryable<T>> filter, Expression<Func<T, string>> id, CancellationToken cancellationToken) where T : notnull
    {
        await CaughtUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        var rows = filter(session.Query<T>());
        if (page.Cursor is { } cursor) rows = rows.Where(After(id, cursor));
        var items = await rows.OrderBy(id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var key = id.Compile();
        return items.Count > page.Size ? new Listed<T>([.. items.Take(page.Size)], key(items[page.Size - 1])) : new Listed<T>([.. items], null);
    }

    /// <summary>Waits until the projections have seen every event that is durable now, or patience ends: a register may lag, a request may not hang.</summary>
    /// <returns>Whether they have.</returns>
    public async Task<bool> CaughtUpAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var deadline = time.GetUtcNow() + (patience ?? Patience);
        var target = await NumberAsync($"select coalesce(max(seq_id), 0) from {MartenSetup.Schema}.mt_events", cancellationToken);
        while (target > 0 && time.GetUtcNow() < deadline)
        {
            if (await NumberAsync($"select coalesce(min(last_seq_id), 0) from {MartenSetup.Schema}.mt_event_progression where name <> 'HighWaterMark'", cancellationToken) >= target) return true;
            await Task.Delay(Step, time, cancellationToken);
        }

        return target == 0;
    }

    private async Task<long> NumberAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Expression<Func<T, bool>> After<T>(Expression<Func<T, string>> id, string cursor)
    {
        var compare = Expression.Call(id.Body, typeof(string).GetMethod(nameof(string.CompareTo), [typeof(string)])!, Expression.Constant(cursor));
        return Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(compare, Expression.Constant(0)), id.Parameters);
    }
}
