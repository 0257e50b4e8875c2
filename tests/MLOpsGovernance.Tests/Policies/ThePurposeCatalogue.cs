using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.HouseRules;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>One catalogue says what models and data may be for, and on which grounds.</summary>
public sealed class ThePurposeCatalogue
{
    private const string Schema = "apiVersion: governance.mlops/v1\nkind: FactSchema\nmetadata: {name: s, version: 1.0.0}\nspec: {types: {T: {fields: {a: {type: string}}}}, facts: {t: {type: T}}}\n";

    private static readonly PolicySet Shipped = PolicySet.Load(PolicySet.ReadFolder(Path.Combine(House.Root, "policies"))).Set.ShouldNotBeNull();

    [Fact]
    public void Has_purposes_of_many_trades()
    {
        string[] expected =
            ["credit-decision", "credit-scoring", "fraud-detection", "customer-service", "marketing", "hr-selection", "research", "product-improvement", "security-monitoring", "safety", "demand-forecasting", "quality-inspection", "plant-identification"];
        expected.Except(Shipped.Purposes.Purposes.Select(p => p.Code), StringComparer.Ordinal).ShouldBeEmpty();
        Shipped.Purposes.Purposes.ShouldAllBe(p => p.Title.Length > 2 && p.Description!.Length > 10);
    }

    [Fact]
    public void Has_every_ground_of_the_two_articles()
    {
        Shipped.Purposes.LegalBases.Select(g => g.Article).ShouldBe("abcdef".Select(letter => $"Art. 6(1)({letter})"));
        Shipped.Purposes.SpecialCategoryConditions.Select(g => g.Article).ShouldBe("abcdefghij".Select(letter => $"Art. 9(2)({letter})"));
    }

    [Fact]
    public void Belongs_to_the_digest_of_the_set()
    {
        var files = PolicySet.ReadFolder(Path.Combine(House.Root, "policies"));
        Shipped.Files.ShouldContain(f => f.Path == "purposes.yaml");
        var changed = files.Select(f => f.Path == "purposes.yaml" ? f with { Text = f.Text.Replace("Decide on credit", "Decide", StringComparison.Ordinal) } : f);
        PolicySet.Load(changed).Set.ShouldNotBeNull().Digest.ShouldNotBe(Shipped.Digest);
    }

    [Theory]
    [InlineData("credit-scoring", null)]
    [InlineData("credit-scorin", "did you mean 'credit-scoring'?")]
    [InlineData("world-domination", "it has credit-decision, credit-scoring, ")]
    public void Says_what_a_code_may_have_meant_and_which_there_are(string code, string? why)
    {
        var unknown = Shipped.Purposes.Unknown(code);
        if (why is null) unknown.ShouldBeNull();
        else unknown.ShouldNotBeNull().ShouldContain(why);
    }

    [Theory]
    [InlineData("contract", "contract")]
    [InlineData("Art. 6(1)(b)", "contract")]
    [InlineData("6(1)(b)", "contract")]
    [InlineData("legitimate-interest", "legitimate-interests")]
    [InlineData("because", null)]
    public void Takes_the_article_for_the_code_of_its_ground(string text, string? code)
    {
        var bases = Shipped.Purposes.LegalBases;
        (PurposeCatalogue.UnknownGround(text, "legal basis", bases) is null).ShouldBe(code is not null);
        PurposeCatalogue.CodeOf(text, bases).ShouldBe(code ?? text);
    }

    [Fact]
    public void Takes_any_code_where_it_is_empty()
    {
        PurposeCatalogue.Empty.Unknown("anything").ShouldBeNull();
        PurposeCatalogue.UnknownGround("anything", "legal basis", []).ShouldBeNull();
    }

    [Fact]
    public void Adds_up_where_there_are_several_documents()
    {
        var set = PolicySet.Load([new("s.yaml", Schema), new("a.yaml", Document("purposes: [{code: a, title: A}]")), new("b.yaml", Document("purposes: [{code: b, title: B}]"))]).Set.ShouldNotBeNull();
        set.Purposes.Purposes.Select(p => p.Code).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("purposes: [{code: A b, title: t}]", "purpose.code")]
    [InlineData("purposes: [{code: a, title: t}, {code: a, title: u}]", "purpose.duplicate")]
    [InlineData("purposes: [{code: a, titel: t}]", "document.unknown-key")]
    [InlineData("purposes: [{title: t}]", "document.missing-key")]
    [InlineData("purposes: {code: a}", "document.form")]
    [InlineData("legalBases: []", "document.missing-key")]
    [InlineData("purposes: [], legalBases: [{code: a, title: t, article: Art. 6(1)(g)}]", "purpose.article")]
    [InlineData("purposes: [], legalBases: [{code: a, title: t}]", "document.missing-key")]
    [InlineData("purposes: [], legalBases: [{code: a, title: t, article: Art. 6(1)(a)}, {code: b, title: t, article: Art. 6(1)(a)}]", "purpose.duplicate")]
    [InlineData("purposes: [], legalBases: [{code: a, title: t, article: Art. 6(1)(a)}, {code: b, title: t, article: Art. 6(1)(b), also: [a]}]", "purpose.duplicate")]
    [InlineData("purposes: [], legalBases: [{code: a, title: t, article: Art. 6(1)(a), also: b}]", "document.form")]
    [InlineData("purposes: [], specialCategoryConditions: [{code: a, title: t, article: Art. 9(2)(k)}]", "purpose.article")]
    [InlineData("purposes: [], purpose: []", "document.unknown-key")]
    public void Is_refused_with_its_place_where_it_is_wrong(string spec, string code)
    {
        var load = PolicySet.Load([new("s.yaml", Schema), new("k.yaml", Document(spec))]);
        load.Set.ShouldBeNull();
        load.Errors.ShouldContain(e => e.Code == code && e.File == "k.yaml" && e.Line == 4);
    }

    private static string Document(string spec) => $"apiVersion: governance.mlops/v1\nkind: Purposes\nmetadata: {{name: k, version: 1.0.0}}\nspec: {{{spec}}}\n";
}
