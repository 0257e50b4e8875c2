using System.Collections.Immutable;
using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>
/// What exceeds a bound of <c>policies/facts.yaml</c> makes every rule err that reads it: the version could never be let in again. So the facts stay within them, however much there is
/// of everything, and with every text as long as the service takes it.
/// </summary>
public sealed class FactsWithinTheirBounds
{
    private const int Much = 250, Datasets = 200;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly FactSchema Schema = PolicySet.Load(PolicySet.ReadFolder(Path.Combine(AppContext.BaseDirectory, "policies"))).Set!.Facts;

    private readonly Dictionary<string, (int Most, long Bound)> _lists = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Are_what_the_gate_judges_by_however_much_there_is(bool superseded)
    {
        var facts = JsonDocument.Parse(Gate.Freeze(Overflowing(superseded).Facts())).RootElement;

        for (var i = 0; i < Schema.Shape.Names.Count; i++) Hold(Schema.Shape.Names[i], facts.GetProperty(Schema.Shape.Names[i]), Schema.Shape.Types[i].Type, Schema.Shape.Types[i]);

        _faults.ShouldBeEmpty();
        // A list that was not filled to its bound proves nothing. Of causes there are no more than a handful of codes.
        _lists.Where(l => l.Key != "approvals[].causes" && l.Value.Most < l.Value.Bound).Select(l => $"{l.Key}: {l.Value.Most} of {l.Value.Bound}").ShouldBeEmpty("fill this list in Overflowing()");
        _lists.Count.ShouldBeGreaterThan(10);
    }

    private void Hold(string path, JsonElement value, CelType type, FactType bounds)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                var count = value.GetArrayLength();
                _lists[path] = (Math.Max(count, _lists.GetValueOrDefault(path).Most), bounds.MaxItems);
                if (count > bounds.MaxItems) _faults.Add($"{path} has {count} items, at most {bounds.MaxItems}");
                foreach (var item in value.EnumerateArray()) Hold($"{path}[]", item, type.Parameters[0], bounds);
                break;
            case JsonValueKind.Object:
                var shape = Schema.Records[type];
                for (var i = 0; i < shape.Names.Count; i++)
                {
                    if (value.TryGetProperty(shape.Names[i], out var field)) Hold($"{path}.{shape.Names[i]}", field, shape.Types[i].Type, shape.Types[i]);
                    else if (!shape.Types[i].Optional) _faults.Add($"{path}.{shape.Names[i]} is missing");
                }

                break;
            case JsonValueKind.String when type.Kind == TypeKind.String:
                var text = value.GetString()!;
                if (text.Length > bounds.MaxLength) _faults.Add($"{path} has {text.Length} characters, at most {bounds.MaxLength}");
                if (bounds.Enum is { } words && !words.Contains(text)) _faults.Add($"{path} is '{text}', not one of {string.Join(", ", words)}");
                break;
        }
    }

    /// <summary>More of everything than there is room for, with names as long as names may be.</summary>
    private static FactSources Overflowing(bool superseded)
    {
        var (artifact, image) = (World.Artifact, World.OtherArtifact);
        DatasetReference[] references = [.. Enumerable.Range(0, Datasets).Select(i => new DatasetReference(Long(i), Long(i)))];
        var datasets = references.ToDictionary(r => r.Name, r => new Snapshot<Dataset>(new Dataset
        {
            Name = r.Name,
            Confirmed = new("restricted", true, null, [.. Enumerable.Range(20, Much).Select(i => new PermittedPurpose(Long(i), $"{new string('l', 180)}{i}"))], null),
        }, 1), StringComparer.Ordinal);
        // One of them is made from more data than is looked at, all of it withdrawn, and of a class that nobody confirmed.
        DatasetReference[] origins = [.. Enumerable.Range(Datasets, Inheritance.MostSources + Much).Select(i => new DatasetReference(Long(i), Long(i)))];
        foreach (var origin in origins) datasets[origin.Name] = new(new() { Name = origin.Name, Withdrawn = new(null, "ann", Now) }, 1);
        var (derived, of) = (references[0], datasets[references[0].Name].State);
        datasets[derived.Name] = new(of with { Versions = of.Versions.Add(derived.Version, new(derived.Version, artifact, null, null, origins, "ann", Now, [])) }, 1);
        var version = new ModelVersion
        {
            Number = int.MaxValue, ArtifactDigest = artifact, ImageDigest = image, Datasets = references, Authors = [.. Many(Long)], HumanAuthors = [.. Many(Long)], Requesters = [.. Many(Long)],
            DeploymentPlaces = [.. Enumerable.Range(0, Much)], BreakGlassPlaces = [.. Enumerable.Range(0, Much)],
            Descriptor = new(new('s', 200), new('p', 200), Contract: new('c', 256)), Commit = new('c', 256), Run = new('r', 256), EnvironmentDigest = image, AuthorsRevision = superseded ? 1 : 0,
        };
        var model = new Model { Name = Long(1), Team = Long(2), Purposes = [.. Many(Long)], Origin = ModelOrigin.Vendor };
        var waivers = Many(i => new Waiver
        {
            Id = Id(),
            Model = Long(1),
            Policy = Long(4),
            PolicyVersions = new('>', 256),
            Rule = Long(5),
            Environment = Long(3),
            Version = 1,
            Digests = [artifact, image],
            RequestedBy = [Long(i)],
            ExpiresAt = Now.AddDays(i),
            Approval = new(null, [.. Roles.All], Long(i), null, Now),
        }).ToDictionary(w => w.Id!, w => new Snapshot<Waiver>(w, 1), StringComparer.Ordinal);
        var then = Material.Of(model, version with { AuthorsRevision = 0 }, FactSources.MaterialOf(version, datasets));
        version = version with
        {
            Approvals = [.. Many(i => new Approval(Id(), "compliance-officer", $"x{Long(i)[1..]}", null, null, then, 0, Now, Now.AddDays(i)))],
            Validations = [.. Many(i => new Validation(Id(), null, Validation.FitWithConditions, null, [], then, $"x{Long(i)[1..]}", null, Now, Now.AddDays(1)))],
            Evidence = [.. Many(i => new EvidenceItem(Id(), $"k{i:d3}{new string('k', 60)}", artifact, null, Now, Now.AddDays(1), null, Long(i), null, Now))],
        };
        version = version with { Conditions = [.. Many(i => new Condition(Long(i), null, Long(i), Now.AddDays(1), Condition.OfApproval, superseded ? "gone" : version.Approvals[i].Id))] };
        if (superseded) version = version with { Approvals = version.Approvals.Add(version.Approvals[0] with { Id = Id(), Material = Material.Of(model, version, then.Datasets) }) };
        if (superseded) version = version with { Conditions = version.Conditions.ConvertAll(c => c with { SourceId = version.Approvals[^1].Id }) };
        version = version with
        {
            Monitoring = new()
            {
                Baseline = artifact,
                Seen = ImmutableSortedDictionary<string, SeenInUse>.Empty.Add(Long(3), new()
                {
                    ReportedAt = Now, ComparedAt = Now, Verdict = MonitoringVerdict.Drift, Drifted = [.. Many(Long)], Insufficient = Much,
                    Metrics = Many(i => KeyValuePair.Create(Long(i)[..100], new SeenMetric(0.5, true, true, Now))).ToImmutableSortedDictionary(StringComparer.Ordinal),
                }),
            },
        };
        var sources = new FactSources("rollback", image, version.Number, Long(3), model with
        {
            Versions = model.Versions.Add(version.Number, version),
            OpenFindings = model.OpenFindings.Add(version.Number, [.. Many(i => new Finding(Id(), null, "critical", version.Number, "ann", Now, null, null, null) { Owner = Long(i) })]),
            Live = model.Live.Add(Long(3), 0),
            Incidents = [.. Many(i => new Incident(Id(), null, "critical", version.Number, Long(3), "ann", Now))],
            Deployments = [.. Many(i => new Deployment(Id(), version.Number, Long(3), Id(), artifact, image, "deploy", "ann", Now))],
            CurrentWaivers = [.. waivers.Keys.Select(id => new NotedWaiver(id, Long(1), Long(3), 1, null, Now, null, Now))],
            BreakGlasses = [.. Many(i => new BreakGlass(Id(), version.Number, Long(3), artifact, null, 9, [Long(i)], Now, Long(i), Now, Now.AddMinutes(9)) { ImageDigest = image })],
        }, new DeploymentEnvironment { Name = Long(3), Region = new('r', 256), Target = "kubernetes" }, datasets, RevalidationTerms.Default, RecertificationTerms.Default);
        return sources with { Waivers = waivers };
    }

    private static IEnumerable<T> Many<T>(Func<int, T> make) => Enumerable.Range(0, Much).Select(make);

    /// <summary>A name of 128 characters.</summary>
    private static string Long(int number) => $"n{number:d3}{new string('x', 124)}";

    private static string Id() => Guid.CreateVersion7().ToString();
}
