using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>Streams of one event are begun by statements of our own: Marten must find there what it would have written itself.</summary>
public sealed class StreamsBegunTogether(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly EventContext Context = new("ann", "owner", "the-correlation", "the-cause", "the-trace", "the-key", "the-body");

    [Fact]
    public async Task Are_the_rows_that_Marten_writes()
    {
        await WriterAsync(One("team:marten") with { Guards = [new("team:nobody", 0)] });

        await WriterAsync(One("team:ours"));

        var (theirs, ours) = (await RowsAsync("team:marten"), await RowsAsync("team:ours"));
        ours.ShouldBe(theirs.Select(row => row.Replace("marten", "ours", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Are_all_stored_but_the_one_whose_id_is_taken()
    {
        await WriterAsync(One("team:taken"));

        var appends = Enumerable.Range(0, 20).Select(i => One(i == 7 ? "team:taken" : $"team:free-{i}")).Select(WriterAsync).ToList();

        await Should.ThrowAsync<StaleActivationException>(appends[7]);
        appends.RemoveAt(7);
        await Task.WhenAll(appends);
        (await RowsAsync("team:free-%")).Count.ShouldBe(2 * 19);
        (await RowsAsync("team:taken")).Count.ShouldBe(2);
    }

    private Task WriterAsync(Append append) => shared.Server.Services.GetRequiredService<EventWriter>().AppendAsync(append, TestContext.Current.CancellationToken);

    private static Append One(string stream) => new(stream, typeof(Team), 0, [new TeamFormed(stream["team:".Length..], null, "ann", DateTimeOffset.UnixEpoch)], Context, []);

    /// <summary>The stream's row and its events', without what differs from one to the next: number, id, and how long ago.</summary>
    private async Task<List<string>> RowsAsync(string stream)
    {
        await using var source = NpgsqlDataSource.Create(shared.Connection);
        await using var command = source.CreateCommand("""
            select (to_jsonb(s) - 'timestamp' - 'created' || jsonb_build_object('recent', s.timestamp > now() - interval '1 hour'))::text from governance.mt_streams s where id like $1
            union all
            select (to_jsonb(e) - 'seq_id' - 'id' - 'timestamp' || jsonb_build_object('numbered', e.seq_id > 0, 'named', e.id is not null, 'timed', e.timestamp is not null))::text from governance.mt_events e where stream_id like $1
            """);
        command.Parameters.Add(new() { Value = stream });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetString(0));
        return rows;
    }
}
