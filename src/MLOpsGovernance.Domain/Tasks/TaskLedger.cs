using System.Globalization;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>
/// Carries what is open through a run of events. It needs to know only what the events are about, as <see cref="Missing"/> says; how long the history is, or how many models there are, makes no difference.
/// </summary>
/// <param name="terms">How long people have.</param>
public sealed class TaskLedger(TaskTerms terms)
{
    private readonly Dictionary<string, TaskState?> _before = new(StringComparer.Ordinal), _now = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>The keys of what these events are about and that was not put here yet. Ask until there are none: what is known leads to more.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<(string Stream, object Event)> events) =>
        [.. events.SelectMany(e => Needed(e.Stream, e.Event)).Distinct(StringComparer.Ordinal).Where(key => !_before.ContainsKey(key))];

    /// <summary>Puts what is kept of something here; null where nothing is.</summary>
    public void Know(string key, TaskState? state) => _before[key] = _now[key] = state;

    /// <summary>Takes an event in. The events of a stream come in their order.</summary>
    public void Take(string stream, object e)
    {
        switch (stream.Split(':', 2))
        {
            case ["model", var name]:
                TakeOfModel(name, e);
                break;
            case ["dataset", _]:
                Put(stream, new() { Dataset = DatasetInPlay.Evolve(_now[stream]?.Dataset ?? new(), e) });
                break;
            case ["subject", _]:
                Put(stream, new() { Subject = SubjectInPlay.Evolve(_now[stream]?.Subject ?? new(), e) });
                break;
            case ["environment", _]:
                Put(stream, new() { Environment = EnvironmentInPlay.Evolve(_now[stream]?.Environment ?? new(), e) });
                break;
            case ["waiver", _]:
                TakeOfWaiver(stream, e);
                break;
        }
    }

    /// <summary>What became of everything that the events touched.</summary>
    public IReadOnlyList<TaskChange> Changes() => [.. _touched.Order(StringComparer.Ordinal).Select(key => new TaskChange(key, _now[key]!, [.. Tasks(key, _before)], [.. Tasks(key, _now)]))];

    private void TakeOfModel(string name, object e)
    {
        var key = ModelKey(name);
        var (before, model) = (Model(name), ModelInPlay.Evolve(Model(name), e));
        if (!ReferenceEquals(model, before)) Put(key, new() { Model = model });

        if (VersionOf(before, e) is { } number)
            Put(name, number, VersionInPlay.Evolve(Version(name, number) ?? new() { Model = name, Number = number }, e));
        if (TaskEvents.FindingOf(e) is { } id) TakeOfFinding(name, id, e);

        switch (e)
        {
            case ModelDeployed d:
                Replace(name, before, d.Environment, d.Stage, d.Version);
                break;
            case ModelRolledBack d:
                Replace(name, before, d.Environment, null, d.Version);
                break;
            case ModelRetired { Version: null } or ModelRiskProposed or ModelRiskConfirmed:
                foreach (var version in model.InPlay) _touched.Add(VersionKey(name, version));
                break;
            case ModelVersionRegistered or ModelAuthorAdded:
                // Whoever had a hand in it closes none of its findings.
                foreach (var finding in model.Closable) _touched.Add(FindingKey(name, finding));
                break;
        }
    }

    /// <summary>What ran in the place runs there no more; with a full deployment the version's own stages end, and earlier versions that run nowhere are no longer put forward.</summary>
    private void Replace(string name, ModelInPlay before, string environment, string? stage, int number)
    {
        var place = DeploymentStage.Place(environment, stage);
        if (before.Live.TryGetValue(place, out var replaced) && Version(name, replaced) is { } ended) Put(name, replaced, ended.End([place]));
        if (place != environment) return;
        if (before.StagedPlaces(environment, number).ToList() is [_, ..] stages && Version(name, number) is { } promoted) Put(name, number, promoted.End(stages));
        foreach (var earlier in Model(name).InPlay.Where(n => n < number).ToArray())
            if (Version(name, earlier) is { ReviewOpen: true, Live: 0 } version) Put(name, earlier, version.CloseReview());
    }

    private void TakeOfFinding(string name, string id, object e)
    {
        var finding = FindingInPlay.Evolve(_now[FindingKey(name, id)]?.Finding ?? new() { Model = name }, e);
        Put(FindingKey(name, id), new() { Finding = finding });
        var model = Model(name);
        var closable = finding.IsClosable ? model.Closable.Add(id) : model.Closable.Remove(id);
        if (!ReferenceEquals(closable, model.Closable)) Put(ModelKey(name), new() { Model = model with { Closable = closable } });
    }

    /// <summary>While the one that follows it holds, nobody need renew the one before.</summary>
    private void TakeOfWaiver(string stream, object e)
    {
        var waiver = WaiverInPlay.Evolve(_now[stream]?.Waiver ?? new(), e);
        Put(stream, new() { Waiver = waiver });
        if (waiver.Renews is not { } before || _now.GetValueOrDefault(WaiverKey(before))?.Waiver is not { } renewed) return;
        if (e is WaiverApproved) Put(WaiverKey(before), new() { Waiver = renewed with { FollowedBy = waiver.Id } });
        else if (e is WaiverRevoked && renewed.FollowedBy == waiver.Id) Put(WaiverKey(before), new() { Waiver = renewed with { FollowedBy = null } });
    }

    private void Put(string name, int number, VersionInPlay version)
    {
        Put(VersionKey(name, number), new() { Version = version });
        var model = Model(name);
        var inPlay = version.IsInPlay ? model.InPlay.Add(number) : model.InPlay.Remove(number);
        if (!ReferenceEquals(inPlay, model.InPlay)) Put(ModelKey(name), new() { Model = model with { InPlay = inPlay } });
    }

    private void Put(string key, TaskState state)
    {
        _now[key] = state;
        _touched.Add(key);
    }

    private IEnumerable<OpenTask> Tasks(string key, Dictionary<string, TaskState?> known) => known[key] switch
    {
        { Model: { } model } => ModelTasks.Of(model, terms),
        { Version: { } version } => VersionTasks.Of(Model(version.Model, known), version, terms),
        { Finding: { } finding } => ModelTasks.Of(Model(finding.Model, known), finding, finding.Version is { } number ? known.GetValueOrDefault(VersionKey(finding.Model, number))?.Version : null),
        { Dataset: { } dataset } => OtherTasks.Of(dataset, terms),
        { Subject: { } subject } => OtherTasks.Of(subject, terms),
        { Environment: { } environment } => OtherTasks.Of(environment, terms),
        { Waiver: { } waiver } => waiver.Tasks(terms),
        _ => [],
    };

    private IEnumerable<string> Needed(string stream, object e)
    {
        if (stream.Split(':', 2) is not ["model", var name])
        {
            yield return stream;
            if (e is WaiverRequested { Renews: { } before }) yield return WaiverKey(before);
            if (e is WaiverApproved or WaiverRevoked && _now.GetValueOrDefault(stream)?.Waiver?.Renews is { } renewed) yield return WaiverKey(renewed);
            yield break;
        }

        yield return ModelKey(name);
        var model = Model(name);
        if (VersionOf(model, e) is { } number) yield return VersionKey(name, number);
        if (TaskEvents.FindingOf(e) is { } id)
        {
            yield return FindingKey(name, id);
            if (((e as FindingOpened)?.Version ?? FindingVersion(name, id)) is { } about) yield return VersionKey(name, about);
        }

        if (e is ModelDeployed or ModelRolledBack or ModelRetired or ModelRiskProposed or ModelRiskConfirmed)
            foreach (var version in model.InPlay) yield return VersionKey(name, version);
        if (e is not (ModelVersionRegistered or ModelAuthorAdded)) yield break;
        foreach (var finding in model.Closable)
        {
            yield return FindingKey(name, finding);
            if (FindingVersion(name, finding) is { } about) yield return VersionKey(name, about);
        }
    }

    /// <summary>That a break-glass was agreed to says only which; when it was asked for, it was said for what.</summary>
    private static int? VersionOf(ModelInPlay model, object e) => e is BreakGlassApproved given ? model.AskedFor.GetValueOrDefault(given.Id)?.Version : TaskEvents.VersionOf(e);

    private int? FindingVersion(string name, string id) => _now.GetValueOrDefault(FindingKey(name, id))?.Finding?.Version;

    private ModelInPlay Model(string name, Dictionary<string, TaskState?>? known = null) => (known ?? _now).GetValueOrDefault(ModelKey(name))?.Model ?? new();

    private VersionInPlay? Version(string name, int number) => _now.GetValueOrDefault(VersionKey(name, number))?.Version;

    private static string WaiverKey(string id) => $"waiver:{id}";

    private static string ModelKey(string name) => $"model:{name}";

    private static string VersionKey(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"model:{name}/{number}");

    private static string FindingKey(string name, string id) => $"model:{name}#{id}";
}

/// <summary>What a run of events did to one thing.</summary>
/// <param name="State">What is to be kept of it.</param>
/// <param name="Before">What waited about it before.</param>
/// <param name="Now">What waits about it now.</param>
public sealed record TaskChange(string Key, TaskState State, IReadOnlyList<OpenTask> Before, IReadOnlyList<OpenTask> Now);
