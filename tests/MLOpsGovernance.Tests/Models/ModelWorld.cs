using System.Collections.Concurrent;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Tasks;
using Shouldly;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Models;

/// <summary>
/// A model, the data it is trained on, and a dozen people and pipelines whose hands overlap. It tries what it is told to, writes down what was accepted,
/// and checks after each attempt that the state holds the invariants of the domain and agrees with what was written down.
/// </summary>
/// <param name="watch">Is told what waits for somebody at the end, after that was compared with the register of tasks.</param>
internal sealed partial class ModelWorld(ConcurrentDictionary<string, int> seen, Action<IEnumerable<OpenTask>>? watch = null)
{
    /// <summary>Ada's key, Eve's key, and two people who act through credentials that Mallory answers for; one holds a role beside the administrator's.</summary>
    private static readonly Actor[] Actors =
    [
        Ada, new("bob", true, [Roles.Contributor, Roles.ModelValidator]), Eve, Mallory, new("cora", true, [Roles.ComplianceOfficer, Roles.ChiefRiskOfficer]), RiskOfficer,
        AdasKey, EvesKey, Pipeline, new("desk", true, [Roles.ModelValidator], "mallory"), new("twin", true, [Roles.ModelValidator, Roles.AiRiskOfficer], "mallory"),
        new("root", true, [Roles.Administrator, Roles.ModelValidator]),
    ];

    private static readonly string[] People = [.. Actors.Where(a => a.Human).Select(a => a.Subject)];
    private static readonly string[] Places = ["staging", "production"], Stages = [DeploymentStage.Shadow, DeploymentStage.Canary, DeploymentStage.Full, DeploymentStage.Full];

    private readonly ModelBook _book = new();
    private readonly DataBook[] _data = [new("loans"), new("people")];
    private readonly List<object> _history = [];
    private readonly List<CheckedDecision> _decisions = [];
    private Model _model = new();
    private DateTimeOffset _now = Noon;
    private int _serial;

    public void Play(IEnumerable<Move> moves)
    {
        Do(new RegisterModel("credit", "lending", true, null, ["credit-scoring"]), Ada).ShouldNotBeNull();
        RegisterVersion(new(Try.RegisterVersion, 0, Which: 3, How: 0, Id: 1, 0), Ada);
        foreach (var move in moves)
        {
            _now = _now.AddHours(move.Hours);
            Attempt(move, Actors[move.Who]);
            Holds();
        }

        TasksHold();

        Given.Said(_history.Aggregate(new Model(), Model.Evolve)).ShouldBe(Given.Said(_model));
        foreach (var data in _data) data.ShouldFoldAgain();
    }

    /// <summary>Decides a command and folds its events.</summary>
    /// <returns>The events, or null when it was refused.</returns>
    private IReadOnlyList<object>? Do(ModelCommand command, Actor actor)
    {
        var decision = ModelDecider.Decide(_model, command, actor, _now);
        seen.AddOrUpdate(decision.Refusal?.Code ?? (decision.Events.Count == 0 ? "nothing" : command.GetType().Name), 1, (_, n) => n + 1);
        if (decision.Refusal is not null) decision.Events.ShouldBeEmpty();
        _history.AddRange(decision.Events);
        Register(decision.Events);
        _model = decision.Events.Aggregate(_model, Model.Evolve);
        return decision.Refusal is null ? decision.Events : null;
    }

    private void Holds()
    {
        _model.Versions.Keys.SequenceEqual(Enumerable.Range(1, _book.Versions.Count)).ShouldBeTrue("versions are numbered from 1 without a gap");
        foreach (var (number, version) in _model.Versions)
        {
            _book.Versions[number].Hands.SetEquals(version.Authors).ShouldBeTrue("the authors are everyone with a hand in it");
            _book.Versions[number].Requesters.SetEquals(version.Requesters).ShouldBeTrue("the requesters are everyone behind a request");
            var live = Live(version);
            foreach (var one in live)
                live.Count(other => other.Role == one.Role && other.Parties.Overlaps(one.Parties)).ShouldBe(1, "one live approval for each person and role");
        }

        _model.Deployments.Where(d => d.EndedAt is null).Select(d => d.Place).ShouldBeUnique();
        foreach (var place in Places) _model.LiveIn(place).ShouldBe(_model.Deployments.FindLast(d => d.Environment == place && d.IsFull && d.EndedAt is null));
        _model.Live.Values.Order().ShouldBe(_model.Deployments.Select((d, i) => (d, i)).Where(x => x.d.EndedAt is null).Select(x => x.i));
        foreach (var version in _model.Versions.Values)
        {
            _model.DeploymentsOf(version).ShouldBe(_model.Deployments.Where(d => d.Version == version.Number));
            _model.BreakGlassesOf(version).ShouldBe(_model.BreakGlasses.Where(b => b.Version == version.Number));
        }

        _model.CurrentVersions.ShouldBe(_model.Versions.Values.Where(v => v.SupersededBy is null).Select(v => v.Number));
        _model.Deployments.DistinctBy(d => d.DecisionId, StringComparer.Ordinal).Count().ShouldBe(_model.Deployments.Count, "a decision is deployed on once");
        if (_model.Retired) _model.Deployments.TrueForAll(d => d.EndedAt is not null).ShouldBeTrue();
        foreach (var glass in _model.BreakGlasses.Where(b => b.Until is not null)) Holds(glass);
    }

    /// <summary>The approvals of a version that count, after comparing each with what should be so.</summary>
    private List<ApprovalLine> Live(ModelVersion version)
    {
        var material = Material.Of(_model, version, Data(version.Number));
        List<ApprovalLine> live = [];
        foreach (var approval in version.Approvals)
        {
            var line = _book.Approvals.Single(a => a.Id == approval.Id);
            var standing = ApprovalStanding.Of(approval, version, material, _now);
            standing.IsLive.ShouldBe(_book.ShouldBeLive(line, _now), $"{approval.Id} of version {version.Number} is {standing.State}");
            (standing.Why.Count == 0).ShouldBe(standing.IsLive);
            seen.AddOrUpdate($"standing {standing.State}", 1, (_, n) => n + 1);
            if (!standing.IsLive) continue;

            line.Parties.Overlaps(version.Authors).ShouldBeFalse("nobody approves what they had a hand in");
            line.Parties.Overlaps(version.Requesters).ShouldBeFalse("nobody approves what they asked for");
            live.Add(line);
        }

        return live;
    }

    private void Holds(BreakGlass glass)
    {
        var line = _book.Glasses[glass.Id];
        line.AskedBy.Overlaps(line.AgreedBy).ShouldBeFalse("break-glass takes two people");
        (glass.Until - glass.ApprovedAt).ShouldBe(TimeSpan.FromMinutes(glass.Minutes));
        glass.Minutes.ShouldBeInRange(1, BreakGlass.MostMinutes);
        _model.Findings.Count(f => f.Cause == glass.Cause).ShouldBe(1, "break-glass opens a finding");
    }

    private IReadOnlyList<MaterialDataset> Data(int version) => _book.Versions.TryGetValue(version, out var page) ? [.. page.Data.Select(i => _data[i].Material)] : [];

    /// <summary>Mostly fresh, now and then one that is in use.</summary>
    private string Id(Move move, string kind) => $"{kind}{(move.Id == 0 ? 1 : ++_serial)}";
}
