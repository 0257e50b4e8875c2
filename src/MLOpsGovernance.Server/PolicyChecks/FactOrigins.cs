using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>The event that made a fact what it is.</summary>
/// <param name="Fact">Its path; an item of a list by its id or name.</param>
/// <param name="Event">Id of the event, by which the audit trail knows it.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Before">Whether it has been so for longer than is looked back: the event is then the oldest that was looked at, and the fact was as it is before it.</param>
internal sealed record FactOrigin(string Fact, string Stream, long Version, string Event, string Type, string By, DateTimeOffset At, bool Before = false);

/// <summary>What was asked, and the streams as they were read for the answer.</summary>
internal sealed record AskedFacts(string Model, int Version, string Environment, string Action, string ArtifactDigest, IReadOnlyList<StreamRead> Read, string Stage);

/// <summary>
/// Finds out which event made a fact what it is, by living through the streams that a decision read, up to the versions at which it read them. So nothing about origins is kept with a
/// decision, and any decision, however old, can be asked.
/// </summary>
internal sealed class FactOrigins(IDocumentStore store, RevalidationTerms terms, RecertificationTerms recertification, ILogger<FactOrigins> log)
{
    private const int MostKnown = 2_000;

    /// <summary>How far back it looks in one stream.</summary>
    public int MostEvents { get; init; } = 5_000;

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<FactOrigin>>> _known = new(StringComparer.Ordinal);

    /// <param name="paths">Of facts, such as <c>model.tier</c> or <c>approvals</c>.</param>
    /// <returns>By path, the origins of the fact or of its items. Null where the history cannot be read: a decision is not worth less for that.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FactOrigin>>?> OfAsync(AskedFacts asked, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        string[] sorted = [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var key = string.Join(' ', [asked.Action, asked.Stage, asked.ArtifactDigest, asked.Version.ToString(CultureInfo.InvariantCulture), .. asked.Read.Select(r => $"{r.Stream}@{r.Version}"), .. sorted]);
        if (_known.TryGetValue(key, out var known)) return known;
        try
        {
            var found = await FindAsync(asked, sorted, cancellationToken);
            if (_known.Count >= MostKnown) _known.Clear();
            return _known[key] = found;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Where the facts about {Model} come from could not be read", asked.Model);
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<FactOrigin>>> FindAsync(AskedFacts asked, string[] paths, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        List<LivedStream> streams = [];
        foreach (var read in asked.Read.Where(r => r.Version > 0 && LivedStream.KnowsKindOf(r.Stream)))
            streams.Add(new(read.Stream, await session.Events.FetchStreamAsync(read.Stream, read.Version, token: cancellationToken)));

        var now = streams.Aggregate(
            new FactSources(asked.Action, asked.ArtifactDigest, asked.Version, asked.Environment, new(), new(), new Dictionary<string, Snapshot<Dataset>>(StringComparer.Ordinal), terms, recertification, asked.Stage),
            (sources, stream) => stream.Last(sources));
        var places = paths.Select(p => (Path: p, Places: FactPlace.Of(p, Json(now)))).ToList();
        var origins = new Dictionary<FactPlace, (long Sequence, FactOrigin Origin)>();
        List<FactPlace> all = [.. places.SelectMany(p => p.Places)];
        foreach (var stream in streams) Live(stream, now, [.. all], origins);
        // Whatever changed it, nothing of what was looked at did.
        if (streams.Find(s => s.Events.Count > MostEvents) is { } longer)
        {
            foreach (var place in all.Where(p => !origins.ContainsKey(p)).ToList())
                origins[place] = (0, Origin(place, longer, longer.Events.Count - MostEvents) with { Before = true });
        }

        return places.ToDictionary(
            p => p.Path, p => (IReadOnlyList<FactOrigin>)[.. p.Places.Where(origins.ContainsKey).Select(place => origins[place].Origin)], StringComparer.Ordinal);
    }

    /// <summary>Goes back through one stream, all others as they are, until every place has been seen to change. Of two streams that changed a place, the later counts.</summary>
    private void Live(LivedStream stream, FactSources now, List<FactPlace> open, Dictionary<FactPlace, (long Sequence, FactOrigin Origin)> origins)
    {
        var (after, oldest) = (Json(now), Math.Max(0, stream.Events.Count - MostEvents));
        for (var i = stream.Events.Count - 1; i >= oldest && open.Count > 0; i--)
        {
            var before = Json(stream.Before(i, now));
            var e = stream.Events[i];
            foreach (var place in open.Where(p => !p.IsSame(before, after)).ToList())
            {
                open.Remove(place);
                if (origins.TryGetValue(place, out var other) && other.Sequence > e.Sequence) continue;
                origins[place] = (e.Sequence, Origin(place, stream, i));
            }

            after = before;
        }
    }

    private static FactOrigin Origin(FactPlace place, LivedStream stream, int at)
    {
        var e = stream.Events[at];
        return new(place.Name, stream.Name, e.Version, e.Id.ToString(), e.EventTypeName, e.GetHeader("actor") as string ?? "", e.Timestamp);
    }

    private static JsonElement Json(FactSources sources) => JsonSerializer.SerializeToElement(sources.Facts(), Server.Json.Lenient);

    /// <summary>A stream, and what its part of the facts was made of after each of its events.</summary>
    private sealed class LivedStream
    {
        private readonly List<object> _states = [];
        private readonly string _kind;
        private readonly string _subject;

        public LivedStream(string name, IReadOnlyList<IEvent> events)
        {
            (Name, Events) = (name, events);
            (_kind, _subject) = name.Split(':', 2) is [var kind, var subject] ? (kind, subject) : (name, "");
            _states.Add(_kind switch { "model" => new Model(), "environment" => new DeploymentEnvironment(), "waiver" => new Waiver(), _ => new Dataset() });
            foreach (var e in events) _states.Add(Evolve(_states[^1], e.Data));
        }

        public string Name { get; }

        public IReadOnlyList<IEvent> Events { get; }

        public static bool KnowsKindOf(string stream) => stream.Split(':')[0] is "model" or "environment" or "dataset" or "waiver";

        public FactSources Last(FactSources sources) => With(sources, _states[^1]);

        /// <summary>Before the event at that place.</summary>
        public FactSources Before(int place, FactSources sources) => With(sources, _states[place]);

        private static object Evolve(object state, object e) => state switch
        {
            Model model => Model.Evolve(model, e),
            DeploymentEnvironment environment => DeploymentEnvironment.Evolve(environment, e),
            Waiver waiver => Waiver.Evolve(waiver, e),
            _ => Dataset.Evolve((Dataset)state, e),
        };

        private FactSources With(FactSources sources, object state) => state switch
        {
            Model model => sources with { Model = model },
            DeploymentEnvironment environment => sources with { Environment = environment },
            Waiver waiver => sources with { Waivers = new Dictionary<string, Snapshot<Waiver>>(sources.Waivers, StringComparer.Ordinal) { [_subject] = new(waiver, 0) } },
            _ => sources with { Datasets = new Dictionary<string, Snapshot<Dataset>>(sources.Datasets, StringComparer.Ordinal) { [_subject] = new((Dataset)state, 0) } },
        };
    }
}
