using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>
/// Random commands by people of every role, their keys and a pipeline that nobody answers for, with the rules of the domain and the policies of the first day. No server takes part:
/// decisions are pure.
/// </summary>
public sealed class PeopleBehindADeployment
{
    private static readonly PolicySet Shipped = PolicySet.Load(PolicySet.ReadFolder(Path.Combine(AppContext.BaseDirectory, "policies"))).Set!;

    private static readonly Gen<Step[]> Histories = Gen.Select(Gen.Int[0, 13], Gen.Int[0, 7], Gen.Int[0, 5], Gen.Int[0, 15], (what, who, which, how) => new Step(what, who, which, how)).Array[10, 60];

    [Fact]
    public void Are_two_at_least_whatever_was_done_and_in_whatever_role()
    {
        ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);
        Histories.Sample(steps => new Place(Shipped, seen).Live(steps), iter: 6_000);

        foreach (var action in Deployment.Actions) seen.GetValueOrDefault(action).ShouldBeGreaterThan(20, action);
        seen.GetValueOrDefault("break-glass").ShouldBeGreaterThan(20);
        seen.GetValueOrDefault("pipeline's version").ShouldBeGreaterThan(20);
    }

    private sealed record Step(int What, int Who, int Which, int How);

    private sealed class Place(PolicySet policies, ConcurrentDictionary<string, int> seen)
    {
        private static readonly string[] Everything = [.. Roles.All.Where(r => r != Roles.Administrator)];

        private static readonly Actor[] Actors =
        [
            new("ann", true, Everything), new("bea", true, Everything), new("rita", true, [Roles.AiRiskOfficer, Roles.ComplianceOfficer]), new("root", true, Roles.All),
            new("anns-key", false, [Roles.Pipeline, Roles.ModelValidator], "ann"), new("ritas-key", false, [Roles.Pipeline, Roles.AiRiskOfficer], "rita"),
            new("robot", false, [Roles.Pipeline, Roles.ModelValidator]), new("robot-2", false, Everything),
        ];

        private static readonly string[] People = ["ann", "bea", "rita", "root"], Places = ["staging", "production"];
        private static readonly RiskClass[] Classes = [new("minimal", 3), new("limited", 2), new("high", 3), new("minimal", 1)];
        private static readonly DateTimeOffset Born = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        private static readonly Dictionary<string, Snapshot<Dataset>> Data = new(StringComparer.Ordinal)
        {
            ["iris"] = new(new object[]
            {
                new DatasetRegistered("iris", "flowers", null, "system:test", Born), new DatasetVersionRegistered("1", Digest(0), null, null, [], "system:test", Born),
                new DatasetClassified(new("public", false, null, [], null), "system:test", Born),
            }.Aggregate(new Dataset(), Dataset.Evolve), 3),
        };

        private readonly Dictionary<int, HashSet<string>> _hands = [];
        private readonly List<string> _glasses = [];
        private string _confirmer = "rita";
        private Model _model = Model.Evolve(Model.Evolve(new(), new ModelRegistered("credit", "lending", null, [], "robot", Born)), new ModelRiskConfirmed(Classes[0], "rita", Born));
        private DateTimeOffset _now = Born;
        private int _serial;

        public void Live(IEnumerable<Step> steps)
        {
            Do(new RegisterVersion(Digest(1), null, null, null, null, null, [new("iris", "1")], [], [], [], []), Actors[6]);
            _hands[1] = [];
            foreach (var step in steps)
            {
                _now = _now.AddMinutes(1 + step.How);
                Take(step, Actors[step.Who], 1 + step.Which % _model.Versions.Count);
            }
        }

        private void Take(Step step, Actor actor, int version)
        {
            switch (step.What)
            {
                case 0: Register(step, actor); break;
                case 1: Do(new RequestReview(version, null), actor); break;
                case 2 or 3 or 4:
                    var role = actor.Roles.Intersect(Roles.Approvers, StringComparer.Ordinal).ElementAtOrDefault(step.How % 2) ?? Roles.ModelValidator;
                    if (Do(new ApproveVersion(version, Id(), true, role, null, null, [MaterialDataset.Of(new("iris", "1"), Data["iris"].State)]), actor)) Join(version, actor);
                    break;
                case 5:
                    if (Do(new ClassifyModel(Classes[step.How % Classes.Length], step.How > 11), actor) && _model.ProposedRisk is null) _confirmer = actor.Subject;
                    break;
                case 6:
                    if (Do(new AddAuthor(version, People[step.How % People.Length], true), actor)) _hands[version].Add(People[step.How % People.Length]);
                    break;
                case 7: Do(new RequestBreakGlass(Id(), version, Places[step.How % 2], true, null, 240), actor); break;
                case 8 when _model.BreakGlasses.LastOrDefault() is { } asked:
                    if (Do(new ApproveBreakGlass(asked.Id, asked.Version, null, Id(), null), actor)) _glasses.Add(asked.Id);
                    break;
                case 9 when _model.Findings.FindLast(f => f.IsOpen) is { } finding: Do(new CloseFinding(finding.Id, null), actor); break;
                case 10 when step.How == 0:
                    if (Do(new ReplaceArtifact(version, Digest(100 + ++_serial), null), actor)) Join(version, actor);
                    break;
                case 10 or 11 or 12 or 13: Deploy(version, Places[step.How % 2], Deployment.Actions[step.How / 2 % 3], actor); break;
                default: break;
            }
        }

        private void Register(Step step, Actor actor)
        {
            string[] authors = step.How % 3 == 0 ? [People[step.How % People.Length]] : [];
            string[] people = [.. authors.Concat(actor.Parties).Intersect(People, StringComparer.Ordinal)];
            var number = _model.Versions.Count + 1;
            if (!Do(new RegisterVersion(Digest(number), null, null, null, null, null, [new("iris", "1")], [], authors, people, []), actor)) return;
            _hands[number] = [.. people];
        }

        private void Deploy(int number, string place, string action, Actor actor)
        {
            var version = _model.Versions[number];
            var environment = DeploymentEnvironment.Evolve(new(), new EnvironmentRegistered(place, null, "other", "system:birth", Born));
            var facts = new FactSources(action, version.ArtifactDigest, number, place, _model, environment, Data, RevalidationTerms.Default, RecertificationTerms.Default).Facts();
            var verdict = Gate.Judge(policies, facts, Gate.Freeze(facts), _now);
            var allowed = verdict.Outcome is PolicyOutcome.Allow or PolicyOutcome.Warn;
            var decision = new CheckedDecision(Id(), "credit", number, place, action, version.ArtifactDigest, version.ImageDigest, allowed, verdict.Outcome.ToString(), false, _now, _now + Gate.Validity);
            if (!Do(new RecordDeployment(Id(), number, place, decision, null, Id(), null), actor)) return;

            seen.AddOrUpdate(action, 1, (_, n) => n + 1);
            if (verdict.Rules.Any(r => r.Waiver is not null)) seen.AddOrUpdate("break-glass", 1, (_, n) => n + 1);
            if (version.HumanAuthors.IsEmpty) seen.AddOrUpdate("pipeline's version", 1, (_, n) => n + 1);
            // Whoever said what class it was of when it first went out is behind a rollback to it, too.
            if (action != "rollback") _hands[number].Add(_confirmer);
            Behind(number).Count.ShouldBeGreaterThanOrEqualTo(2, $"version {number} went to {place} by {action} with {string.Join(", ", Behind(number))} behind it");
        }

        /// <summary>The people who had a hand in the version, agreed to it, broke the glass for it, or said what class it is of.</summary>
        private HashSet<string> Behind(int version)
        {
            HashSet<string> people = [.. _hands[version]];
            foreach (var glass in _model.BreakGlasses.Where(b => b.Version == version && _glasses.Contains(b.Id, StringComparer.Ordinal))) people.UnionWith(glass.Hands);
            people.IntersectWith(People);
            return people;
        }

        private void Join(int version, Actor actor) => _hands[version].UnionWith(actor.Parties.Intersect(People, StringComparer.Ordinal));

        private bool Do(ModelCommand command, Actor actor)
        {
            var decision = ModelDecider.Decide(_model, command, actor, _now);
            _model = decision.Events.Aggregate(_model, Model.Evolve);
            return decision.Refusal is null && decision.Events.Count > 0;
        }

        private string Id() => (++_serial).ToString(CultureInfo.InvariantCulture);

        private static string Digest(int number) => $"sha256:{number:x64}";
    }
}
