using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Advisor.Maturity;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorInstrument
{
    private static readonly Instrument Shipped = Instrument.Shipped;

    [Fact]
    public void Has_eight_dimensions_of_six_questions_each() =>
        (Shipped.Dimensions.Count, Shipped.Questions.Count, Shipped.Dimensions.All(static d => d.Questions.Count == 6)).ShouldBe((8, 48, true));

    [Fact]
    public void Anchors_one_two_two_and_one_question_at_the_four_levels_and_begins_with_people_earlier()
    {
        foreach (var dimension in Shipped.Dimensions)
            dimension.Questions.Select(static q => q.Level).ShouldBe(dimension.Id == "D8" ? [1, 1, 2, 3, 3, 4] : [1, 2, 2, 3, 3, 4], dimension.Id);
    }

    [Fact]
    public void Asks_ten_critical_questions_in_the_scan() =>
        Shipped.Scan.Select(static q => q.Id).ShouldBe(["D1.3", "D2.1", "D2.3", "D3.3", "D4.2", "D4.5", "D5.2", "D6.3", "D7.1", "D7.3"]);

    [Fact]
    public void Takes_the_floor_over_five_core_dimensions() => Shipped.Dimensions.Where(static d => d.Core).Select(static d => d.Id).ShouldBe(["D2", "D4", "D5", "D6", "D7"]);

    [Theory]
    [InlineData(EvidenceSource.Automatic, 28)]
    [InlineData(EvidenceSource.Hybrid, 18)]
    [InlineData(EvidenceSource.Attested, 2)]
    public void Says_where_evidence_comes_from(EvidenceSource source, int questions) => Shipped.Questions.Count(q => q.Evidence.Source == source).ShouldBe(questions);

    [Fact]
    public void Gives_a_reason_and_an_example_for_every_step_of_the_scale_no_two_alike()
    {
        Shipped.Steps.Select(static s => s.Score).ShouldBe([0, 0.125, 0.25, 0.5, 1]);
        foreach (var question in Shipped.Questions)
        {
            question.Why.Length.ShouldBeGreaterThan(20, question.Id);
            question.Examples.ShouldAllBe(static e => e.Length > 10);
            question.Examples.ShouldBeUnique();
        }
    }

    [Fact]
    public void Is_known_by_a_digest() => Shipped.Digest.ShouldMatch("^sha256:[0-9a-f]{64}$");

    [Fact]
    public void Reads_the_same_twice() => InstrumentFiles.Load(InstrumentFiles.Shipped).Digest.ShouldBe(Shipped.Digest);

    [Theory]
    [InlineData("questions.json", "dimensions.0.questions.0.surprise", "\"x\"", "surprise")]
    [InlineData("questions.json", "dimensions.0.questions.0.level", "5", "anchored at a level from 1 to 4")]
    [InlineData("questions.json", "dimensions.0.questions.0.weight", "0", "needs a weight above 0")]
    [InlineData("questions.json", "dimensions.0.questions.0.effort", "\"years\"", "days, weeks or months")]
    [InlineData("questions.json", "dimensions.0.questions.0.id", "\"D1.2\"", "stands there twice")]
    [InlineData("questions.json", "dimensions.0.questions.0.id", "\"D9.1\"", "stands under another dimension")]
    [InlineData("questions.json", "dimensions.0.questions.0.text", "null", "text")]
    [InlineData("questions.json", "dimensions.0.questions.0.evidence.enough", "0", "of what, how and how many")]
    [InlineData("questions.json", "windowDays", "0", "window")]
    [InlineData("questions.json", "version", "0", "whole number from 1")]
    [InlineData("questions.json", "steps.1.coverage", "0.3", "answer scale")]
    [InlineData("views.json", "google.predicates.0.questions.0", "\"D9.9\"", "D9.9 is not known")]
    [InlineData("statements.json", "buyOrBuild.0.facts.0", "\"D9.9\"", "D9.9 is not known")]
    [InlineData("statements.json", "pipelines.0.traits.0", "\"TR.99\"", "TR.99 is not known")]
    [InlineData("statements.json", "pipelines.0.question.id", "\"Q.BUY.1\"", "stands there twice")]
    [InlineData("people.json", "roles.0.requiredGroups.0", "\"magic\"", "magic is not known")]
    public void Is_refused_when_a_file_is_not_in_order(string file, string path, string value, string why)
    {
        var changed = JsonNode.Parse(InstrumentFiles.Shipped(file))!;
        Put(changed, path.Split('.'), JsonNode.Parse(value));
        var wrong = Should.Throw<InstrumentException>(() => InstrumentFiles.Load(name => name == file ? changed.ToJsonString() : InstrumentFiles.Shipped(name)));
        wrong.Message.ShouldContain(why);
        wrong.Message.ShouldContain(".json");
    }

    private static void Put(JsonNode at, string[] path, JsonNode? value)
    {
        foreach (var step in path[..^1]) at = (int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? at[index] : at[step])!;
        if (int.TryParse(path[^1], CultureInfo.InvariantCulture, out var last)) at[last] = value;
        else at[path[^1]] = value;
    }
}
