using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Tests.PolicyCel;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Maturity;

/// <summary>Every line of the document that the product started from is asked about, under the heading and the role that it stands under.</summary>
public sealed class TheSourceAndTheInstrument
{
    private const string File = "advisor/source-document.md";

    private static readonly Instrument Instrument = Instrument.Shipped;

    private static readonly string? Found = ConformanceFolder.FindInDefault(File);

    /// <summary>The last item under each pair of headings, however deep; bold words are headings within an item.</summary>
    private static ILookup<string, string> Items()
    {
        if (Found is null)
        {
            ConformanceFolder.MustBeWhole.ShouldBeFalse($"{File} is missing from the default conformance folder");
            Assert.SkipUnless(Found is not null, $"{File} is absent");
        }

        List<(string, string)> items = [];
        var path = new List<(int Depth, string Text)>();
        foreach (var line in System.IO.File.ReadLines(Found).Where(static l => !string.IsNullOrWhiteSpace(l)))
        {
            if (line.StartsWith('#'))
            {
                path = [(-1, line.TrimStart('#').Trim())];
                continue;
            }

            var depth = line.Length - line.TrimStart().Length;
            var text = line.Trim()[2..];
            path.RemoveAll(p => p.Depth >= depth && p.Depth >= 0);
            if (text.StartsWith("**", StringComparison.Ordinal))
            {
                var end = text.IndexOf("**", 2, StringComparison.Ordinal);
                var (heading, rest) = (text[2..end], text[(end + 2)..].TrimStart(':').Trim());
                path.Add((depth, heading));
                if (rest.Length > 0) items.Add((string.Join('/', path.Select(static p => p.Text)), rest));
            }
            else
            {
                items.Add((string.Join('/', path.Select(static p => p.Text)), text));
            }
        }

        return items.ToLookup(static i => i.Item1, static i => i.Item2);
    }

    [Theory]
    [InlineData("The Buy vs. Build Decision/When to Buy a Platform", "buy", 5)]
    [InlineData("The Buy vs. Build Decision/When to Build a Platform", "build", 5)]
    public void Each_statement_on_buying_and_building_has_an_axis_a_question_of_its_own_facts_and_a_place_in_the_reckoning(string heading, string side, int count)
    {
        var lines = Under(heading);
        lines.Count.ShouldBe(count);
        var statements = Instrument.Statements.BuyOrBuild.Where(s => s.Side == side).ToList();
        statements.Select(static s => s.Text).ShouldBe(lines);
        foreach (var statement in statements)
        {
            MLOpsGovernance.Advisor.BuyOrBuild.Statements.Axes.ShouldContain(statement.Axis);
            statement.Question.Text.ShouldEndWith("?");
            statement.Facts.ShouldNotBeEmpty();
            statement.Engine.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData("Traditional ML Pipeline vs. Production ML System/Research Pipeline", "research", 4)]
    [InlineData("Traditional ML Pipeline vs. Production ML System/Production ML System", "production", 5)]
    public void Each_trait_of_research_and_of_production_has_a_question_of_its_own_and_facts(string heading, string side, int count)
    {
        var lines = Under(heading);
        lines.Count.ShouldBe(count);
        var statements = Instrument.Statements.Pipelines.Where(s => s.Side == side).ToList();
        statements.Select(static s => s.Text).ShouldBe(lines);
        statements.ShouldAllBe(static s => s.Question.Text.EndsWith('?') && s.Facts.Count > 0 && s.Traits.Count > 0);
    }

    [Fact]
    public void No_question_is_asked_for_two_statements() =>
        Instrument.Statements.BuyOrBuild.Select(static s => s.Question.Text).Concat(Instrument.Statements.Pipelines.Select(static s => s.Question.Text)).ShouldBeUnique();

    [Theory]
    [InlineData("ml_engineer", "Machine Learning Engineer")]
    [InlineData("mlops_engineer", "MLOps Engineer")]
    public void Each_responsibility_and_skill_stands_under_its_role(string id, string name)
    {
        var role = Instrument.People.Roles.Single(r => r.Id == id);
        var responsibilities = Under($"Emergence of MLOps Engineer/Key Responsibilities/{name}");
        var skills = Under($"Emergence of MLOps Engineer/Skills Required/{name}");
        (responsibilities.Count, skills.Count).ShouldBe((3, 3));
        role.Name.ShouldBe(name);
        role.Responsibilities.ShouldBe(responsibilities);
        role.Skills.Select(static s => s.Statement).ShouldBe(skills);
        Items()[$"Emergence of MLOps Engineer/{name}"].ShouldHaveSingleItem();
        role.Focus.ShouldNotBeNullOrWhiteSpace();
        role.Owns.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("ml_engineer")]
    [InlineData("mlops_engineer")]
    public void Each_tool_that_a_skill_names_is_named_with_it_and_belongs_to_a_group_or_is_a_language(string id)
    {
        foreach (var skill in Instrument.People.Roles.Single(r => r.Id == id).Skills)
        {
            skill.Tools.ShouldAllBe(tool => skill.Statement.Contains(tool, StringComparison.Ordinal));
            foreach (var tool in skill.Tools.Except(["Python", "R"])) Instrument.People.Groups.ShouldContain(g => g.Tools.Contains(tool), tool);
            var open = skill.Statement.IndexOf("e.g.,", StringComparison.Ordinal);
            if (open > 0) skill.Tools.ShouldBe(skill.Statement[(open + 5)..].TrimEnd('.', ')').Split(',').Select(static t => t.Trim()));
        }
    }

    [Fact]
    public void Everybody_that_both_roles_work_with_is_a_role_of_the_matrix()
    {
        Items()["Emergence of MLOps Engineer/Collaboration"].ShouldHaveSingleItem().ShouldContain("data scientists, software engineers, and IT teams");
        var roles = Instrument.People.Roles.Select(static r => r.Id).ToList();
        roles.ShouldContain("data_scientist");
        roles.ShouldContain("software_engineer");
        roles.ShouldContain("it_team");
        Instrument.People.Roles.Single(static r => r.Id == "mlops_engineer").WorksWith.ShouldBe(["data_scientist", "software_engineer", "it_team"]);
    }

    [Fact]
    public void Nothing_in_the_document_is_left_out() => Items().Sum(static group => group.Count()).ShouldBe(2 + 6 + 6 + 1 + 9 + 10);

    private static List<string> Under(string heading) => [.. Items()[heading]];
}
