using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>
/// Every shape that an event once had lies in the folder EarlierEvents, as it was approved then, under its stored name and a number. Nobody changes these files: databases hold such events.
/// </summary>
public sealed class StoredEventsOfEarlierVersions
{
    private static readonly Dictionary<string, Type> Types = EventNames.All.ToDictionary(e => e.Value, e => e.Key, StringComparer.Ordinal);

    public static TheoryData<string> Shapes => [.. Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Shapes))]
    public void Are_read_with_all_that_they_say_and_defaults_for_what_came_later(string shape)
    {
        var (earlier, type) = (Json(shape), Types[Name(shape)]);
        var read = StoredEvents.Read(type, earlier.ToJsonString());

        var now = JsonNode.Parse(StoredEvents.Store.ToJson(read))!.AsObject();
        var fields = type.GetConstructors().Single().GetParameters().ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!), StringComparer.Ordinal);
        foreach (var (field, value) in earlier)
            if (fields.ContainsKey(field)) Holds(value, now[field], $"{shape}: {field}");
        foreach (var (field, parameter) in fields.Where(f => !earlier.ContainsKey(f.Key)))
        {
            parameter.HasDefaultValue.ShouldBeTrue($"{field} came after {shape} and must have a default");
            type.GetProperty(parameter.Name!)!.GetValue(read).ShouldBe(parameter.DefaultValue, $"{shape}: {field}");
        }
    }

    [Fact]
    public void Are_kept_for_every_field_that_came_later()
    {
        var shapes = Shapes.Select(s => s.Data).ToLookup(Name);
        foreach (var (type, name) in EventNames.All)
        {
            foreach (var parameter in type.GetConstructors().Single().GetParameters().Where(p => p.HasDefaultValue))
            {
                var field = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                shapes[name].Any(shape => !Json(shape).ContainsKey(field))
                    .ShouldBeTrue($"{name} has gained {field}: put the approved JSON from before into EarlierEvents/{name}.v{shapes[name].Count() + 1}.json");
            }
        }
    }

    [Fact]
    public void Mean_what_they_meant()
    {
        var model = new[] { "model_registered.v1", "model_version_registered.v1", "model_author_added.v1", "version_approved.v1", "break_glass_requested.v1", "break_glass_approved.v1" }
            .Select(Event).Append((FindingOpened)Event("finding_opened.v1") with { Severity = "high" }).Aggregate(new Model(), Model.Evolve);

        (model.Name, model.Origin, model.Generative).ShouldBe(("name", ModelOrigin.Internal, false));
        var version = model.Versions[7];
        version.Descriptor.ShouldBeNull();
        version.HumanAuthors.ShouldBe(["humanAuthors", "author"], ignoreOrder: true);
        version.Conditions.ShouldBeEmpty();
        var approval = version.Approvals.ShouldHaveSingleItem();
        (approval.Id, approval.Role, approval.Validation).ShouldBe(("approval", "role", null));
        approval.Material.ShouldBeEquivalentTo(((VersionApproved)Event("version_approved.v1")).Material with { RiskLowerings = 0 });
        var glass = model.BreakGlasses.ShouldHaveSingleItem();
        (glass.ApprovedBy, glass.ApproverOwner, glass.ImageDigest).ShouldBe(("by", null, null));

        var finding = model.Findings.ShouldHaveSingleItem();
        (finding.Owner, finding.Plan, finding.Due).ShouldBe((null, null, FindingDue.After(finding.At, "high")));
        finding.Openers.ShouldBe(["by"]);
        Model.Evolve(model, Event("finding_closed.v1")).Findings.ShouldHaveSingleItem().Evidence.ShouldBeEmpty();
        Model.Evolve(model, Event("version_rejected.v1")).Versions[7].ReviewRound.ShouldBe(version.ReviewRound + 1);

        foreach (var shape in new[] { "model_risk_proposed.v1", "model_risk_confirmed.v1" }) model = Model.Evolve(model, Event(shape));
        (model.ConfirmedRisk!.AccountableExecutive, model.ProposedRisk, model.RiskLowerings).ShouldBe((null, null, 0));
        var dataset = new[] { "dataset_class_proposed.v1", "dataset_classified.v1" }.Select(Event).Aggregate(new Dataset(), Dataset.Evolve);
        (dataset.Judged.Anonymised, dataset.Judged.Purpose, dataset.Judged.PermittedPurposes.ShouldHaveSingleItem().SpecialCategoryCondition).ShouldBe((false, null, null));

        Dataset.Evolve(new(), Event("dataset_withdrawn.v1")).Withdrawn.ShouldNotBeNull().Owner.ShouldBeNull();
        foreach (var shape in new[] { "policy_checked.v1", "policy_checked.v2", "policy_checked.v3" })
        {
            var check = (PolicyChecked)Event(shape);
            check.Annotations.ShouldBeNull();
            (check.Outcome, check.Rules.ShouldHaveSingleItem().Rule).ShouldBe(("outcome", "rule"));
        }
    }

    private static object Event(string shape) => StoredEvents.Read(Types[Name(shape)], Json(shape).ToJsonString());

    private static string Name(string shape) => shape[..shape.LastIndexOf('.')];

    private static JsonObject Json(string shape) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), $"{shape}.json")))!.AsObject();

    private static string Folder([CallerFilePath] string test = "") => Approved.Beside(test, "EarlierEvents");

    /// <summary>What was said is said still; fields that no reader asks for any more may be gone from lists of things.</summary>
    private static void Holds(JsonNode? earlier, JsonNode? now, string where)
    {
        switch (earlier)
        {
            case JsonObject had:
                foreach (var (field, value) in had)
                    if (now.ShouldNotBeNull(where).AsObject().ContainsKey(field)) Holds(value, now[field], $"{where}.{field}");
                break;
            case JsonArray had:
                now.ShouldNotBeNull(where).AsArray().Count.ShouldBe(had.Count, where);
                for (var i = 0; i < had.Count; i++) Holds(had[i], now[i], $"{where}[{i}]");
                break;
            default:
                JsonNode.DeepEquals(earlier, now).ShouldBeTrue($"{where}: {earlier?.ToJsonString()} is read as {now?.ToJsonString()}");
                break;
        }
    }
}
