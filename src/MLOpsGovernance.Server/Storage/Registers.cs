using System.Linq.Expressions;
using Marten;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Reads the registers that projections keep. A list waits a moment for its register, so that who has just written finds what they wrote.</summary>
internal sealed class Registers(IDocumentStore store, RegisterStates states, TimeProvider time)
{
    /// <summary>The projection that keeps them all.</summary>
    public const string Name = "Registers";

    /// <summary>Where Marten keeps how far it has come. Whatever else stands there, such as what is left of a projection that was renamed, is none of theirs.</summary>
    public const string Shard = $"{Name}:All";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), FirstStep = TimeSpan.FromMilliseconds(25), LongestStep = TimeSpan.FromMilliseconds(200);

    /// <summary>One page in the order of ids; the cursor is the last id of the page before.</summary>
    /// <exception cref="RegisterBehindException">They have not seen all that was durable when the list was asked for, and the caller did not say that older rows will do.</exception>
    public async Task<Result<Listed<T>>> ListAsync<T>(Page page, Func<IQueryable<T>, IQueryable<T>> filter, Expression<Func<T, string>> id, CancellationToken cancellationToken) where T : notnull
    {
        var behind = await BehindAsync(page, cancellationToken);
        await using var session = store.QuerySession();
        var rows = filter(session.Query<T>());
        if (page.Cursor is { } cursor) rows = rows.Where(After(id, cursor));
        var items = await rows.OrderBy(id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var key = id.Compile();
        return items.Count > page.Size ? new Listed<T>([.. items.Take(page.Size)], key(items[page.Size - 1]), behind) : new Listed<T>([.. items], null, behind);
    }

    /// <summary>How many events the rows of a page may lack: null, after waiting for them, unless the caller said that older rows will do.</summary>
    /// <exception cref="RegisterBehindException">As for a list.</exception>
    public async Task<long?> BehindAsync(Page page, CancellationToken cancellationToken)
    {
        if (page.Stale is true) return (await states.ReadAsync(cancellationToken)).Behind;
        await CatchUpAsync(cancellationToken);
        return null;
    }

    /// <summary>Waits until the registers have seen every event that is durable now. Their lag passes; what they stand still at does not, so nobody waits for that.</summary>
    /// <exception cref="RegisterBehindException">They stand still, or patience ends.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var (since, step) = (time.GetTimestamp(), FirstStep);
        var target = (await states.ReadAsync(cancellationToken)).Head;
        while (await states.ReadAsync(cancellationToken) is var state && state.Seen < target)
        {
            if (state.Pause is not null || time.GetElapsedTime(since) >= Patience) throw new RegisterBehindException(state);
            await Task.Delay(step, time, cancellationToken);
            step = step < LongestStep ? step * 2 : LongestStep;
        }
    }

    private static Expression<Func<T, bool>> After<T>(Expression<Func<T, string>> id, string cursor)
    {
        var compare = Expression.Call(id.Body, typeof(string).GetMethod(nameof(string.CompareTo), [typeof(string)])!, Expression.Constant(cursor));
        return Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(compare, Expression.Constant(0)), id.Parameters);
    }
}
