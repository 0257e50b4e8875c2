namespace MLOpsGovernance.Advisor.Maturity.History;

/// <summary>A version of a model of the team.</summary>
internal sealed record SeenVersion(string Model, HistoricVersion Version, bool InWindow)
{
    public string Name => $"{Model} version {Version.Number}";

    /// <summary>On record and still valid.</summary>
    public bool Has(Seen seen, string kind) => Version.Documents.Any(d => d.Kind == kind && !(d.ValidUntil <= seen.History.At));

    public bool HasSince(Seen seen, string kind, DateTimeOffset since) => Version.Documents.Any(d => d.Kind == kind && d.ProducedAt >= since && d.ProducedAt <= seen.History.At && !(d.ValidUntil <= seen.History.At));

    /// <summary>Whether a service put that document on record; where there is none, who registered the version.</summary>
    public bool By(Seen seen, string kind) => Has(seen, kind) ? Version.Documents.Any(d => d.Kind == kind && d.ByMachine) : Version.ByMachine;
}

internal sealed record SeenDeployment(string Model, HistoricDeployment Deployment, SeenVersion? Version, IReadOnlyList<HistoricLook> Looks)
{
    public string Name => $"deployment {Deployment.Id} of {Model}";

    /// <summary>All of these were looked at since then, in one report or in several.</summary>
    public bool Watched(Seen seen, DateTimeOffset since, params string[] kinds) =>
        kinds.All(kind => Looks.Any(l => l.Version == Deployment.Version && l.At >= since && l.At <= seen.History.At && l.Watched.Contains(kind, StringComparer.Ordinal)));
}

/// <summary>A model of which something is fully live behind a gate.</summary>
internal sealed record SeenModel(string Name, DateTimeOffset? CardAt, IReadOnlyList<SeenVersion> Versions, IReadOnlyList<HistoricLook> Looks);

/// <summary>The record, arranged as the questions ask for it.</summary>
internal sealed class Seen
{
    private readonly Dictionary<(string, int), SeenVersion> _byNumber;
    private readonly Dictionary<(string, int), DateTimeOffset> _staged;

    public Seen(TeamHistory history)
    {
        History = history;
        bool InWindow(DateTimeOffset at) => at >= history.From && at <= history.At;

        All = [.. history.Models.SelectMany(m => m.Versions.Select(v => new SeenVersion(m.Name, v, InWindow(v.At))))];
        _byNumber = All.ToDictionary(v => (v.Model, v.Version.Number));
        _staged = history.Models.SelectMany(m => m.Deployments.Where(d => d.Stage != "full").Select(d => ((m.Name, d.Version), d.At)))
            .GroupBy(d => d.Item1).ToDictionary(g => g.Key, g => g.Min(d => d.At));
        Versions = [.. All.Where(v => v.InWindow)];
        Runs = [.. Versions.Where(v => v.Version.Run)];
        Pipelines = [.. Versions.Where(v => v.Version.Commit is not null).GroupBy(v => v.Version.Commit!, StringComparer.Ordinal)];
        List<SeenDeployment> full = [.. history.Models.SelectMany(m => m.Deployments.Where(d => d is { Gated: true, Stage: "full" } && d.At <= history.At).Select(d => new SeenDeployment(m.Name, d, Find(m.Name, d.Version), m.Looks)))];
        Released = [.. full.Where(d => InWindow(d.Deployment.At))];
        Running = [.. full.Where(d => !(d.Deployment.EndedAt <= history.At))];
        var models = history.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        Live = [.. Running.GroupBy(d => d.Model, StringComparer.Ordinal).Select(g => new SeenModel(g.Key, models[g.Key].CardAt, [.. g.Select(d => d.Version).OfType<SeenVersion>().Distinct()], models[g.Key].Looks))];
        Approvals = [.. All.SelectMany(v => v.Version.Reviews.Where(r => r.Kind == "approved" && InWindow(r.At)).Select(r => (v, r)))];
        Alerts = [.. history.Models.SelectMany(m => m.Alerts.Where(a => InWindow(a.At)).Select(a => (m.Name, a)))];
        Actions = [.. history.Models.SelectMany(m => m.Actions.Where(a => a.DoneAt is { } done ? InWindow(done) : a.Due <= history.At).Select(a => (m.Name, a)))];
    }

    public TeamHistory History { get; }

    public IReadOnlyList<SeenVersion> All { get; }

    /// <summary>Registered in the window.</summary>
    public IReadOnlyList<SeenVersion> Versions { get; }

    public IReadOnlyList<SeenVersion> Runs { get; }

    public IReadOnlyList<IGrouping<string, SeenVersion>> Pipelines { get; }

    /// <summary>Went fully live behind a gate in the window.</summary>
    public IReadOnlyList<SeenDeployment> Released { get; }

    public IReadOnlyList<SeenDeployment> Running { get; }

    public IReadOnlyList<SeenModel> Live { get; }

    public IReadOnlyList<(SeenVersion Version, HistoricReview Review)> Approvals { get; }

    public IReadOnlyList<(string Model, HistoricAlert Alert)> Alerts { get; }

    public IReadOnlyList<(string Model, HistoricAction Action)> Actions { get; }

    public SeenVersion? Find(string model, int version) => _byNumber.GetValueOrDefault((model, version));

    /// <summary>Whether a part of the traffic, or none that anybody saw, came first.</summary>
    public bool Staged(SeenDeployment deployment) => _staged.TryGetValue((deployment.Model, deployment.Deployment.Version), out var first) && first <= deployment.Deployment.At;

    /// <summary>Whether people of all these functions are among its authors.</summary>
    public bool Together(SeenVersion version, params string[] functions) =>
        functions.All(f => version.Version.Authors.Any(a => History.Functions.TryGetValue(a, out var does) && does.Contains(f, StringComparer.Ordinal)));
}
