using System.Text.Json.Nodes;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.ModelCards;
using MLOpsGovernance.Tests.Datasets;
using MLOpsGovernance.Tests.Models;
using MLOpsGovernance.Tests.PolicyCel;
using NJsonSchema;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.ModelCards;

/// <summary>What others read of a version, held against the schemas that they read it by.</summary>
public sealed class WritingAModelCard
{
    private static readonly Dataset Raw = Given.Events<Dataset>(Dataset.Evolve, new DatasetRegistered("ledger", "finance", null, "ada", Noon), new DatasetVersionRegistered("7", Digest(7), null, 10, [], "ada", Noon)).State;

    private static readonly Dataset Loans = Given.Events<Dataset>(Dataset.Evolve, new DatasetRegistered("loans", "lending", null, "ada", Noon),
        new DatasetVersionRegistered("2026-10", Digest(1), null, 1000, [new("ledger", "7")], "ada", Noon), new DatasetClassified(LoansDataset.Personal, "risk", Noon)).State;

    private static CardSubject Subject(int version = 2)
    {
        var model = CreditModel.Versioned().State;
        return new(model, model.Versions[version], "scores loans", "Trained on *loans* | not for companies.", ["not for companies", "little data before 2020"],
            CardDataset.Of(model.Versions[version], name => name switch { "loans" => Loans, "ledger" => Raw, _ => null }, name => name == "loans" ? "all loans" : null));
    }

    [Fact]
    public async Task Makes_a_bill_of_materials_that_is_valid_CycloneDX()
    {
        Assert.SkipUnless(ConformanceFolder.Find("schemas/cyclonedx/bom-1.6.schema.json") is not null, "the schemas of CycloneDX are absent; set CONFORMANCE_DIR");
        var path = ConformanceFolder.Find("schemas/cyclonedx/bom-1.6.schema.json")!;
        var schema = await JsonSchema.FromFileAsync(path, TestContext.Current.CancellationToken);
        foreach (var bom in (JsonObject[])[MlBom.Of(Subject()), MlBom.Of(Subject(1)), MlBom.Of(Subject() with { Purpose = null, Limitations = [], Datasets = [], Version = new() { Number = 3, ArtifactDigest = Digest(3), RegisteredAt = Noon } })])
            schema.Validate(bom.ToJsonString()).Select(e => e.ToString()).ShouldBeEmpty(bom.ToJsonString());
        var examples = Path.Combine(Path.GetDirectoryName(path)!, "examples");
        schema.Validate(await File.ReadAllTextAsync(Path.Combine(examples, "valid-machine-learning-1.6.json"), TestContext.Current.CancellationToken)).ShouldBeEmpty("the schema is understood");
        schema.Validate(await File.ReadAllTextAsync(Path.Combine(examples, "invalid-component-type-1.6.json"), TestContext.Current.CancellationToken)).ShouldNotBeEmpty("and it refuses something");
    }

    [Fact]
    public async Task Makes_a_card_that_is_valid_for_the_Model_Card_Toolkit()
    {
        Assert.SkipUnless(ConformanceFolder.Find("schemas/model-card-toolkit/model_card.schema.json") is not null, "the schema of the Model Card Toolkit is absent; set CONFORMANCE_DIR");
        var schema = await JsonSchema.FromFileAsync(ConformanceFolder.Find("schemas/model-card-toolkit/model_card.schema.json")!, TestContext.Current.CancellationToken);
        schema.Validate(ModelCard.Of(Subject()).ToJsonString()).Select(e => e.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Names_the_data_and_what_that_was_made_from()
    {
        var bom = MlBom.Of(Subject());
        bom["components"]!.AsArray().Select(c => c!["bom-ref"]!.GetValue<string>()).ShouldBe(["dataset:ledger@7", "dataset:loans@2026-10"]);
        bom["dependencies"]!.ToJsonString().ShouldBe("""[{"ref":"model:credit@2","dependsOn":["dataset:loans@2026-10"]},{"ref":"dataset:ledger@7"},{"ref":"dataset:loans@2026-10","dependsOn":["dataset:ledger@7"]}]""");
        var model = bom["metadata"]!["component"]!;
        model["pedigree"]!["ancestors"]![0]!["version"]!.GetValue<string>().ShouldBe("1");
        model["modelCard"]!["quantitativeAnalysis"]!["performanceMetrics"]![0]!["value"]!.GetValue<string>().ShouldBe("0.81");
        bom["components"]![1]!["data"]![0]!["sensitiveData"]![0]!.GetValue<string>().ShouldBe("personal data");
    }

    [Fact]
    public void Is_the_same_to_the_byte_whenever_it_is_made() => MlBom.Of(Subject()).ToJsonString().ShouldBe(MlBom.Of(Subject()).ToJsonString());

    [Fact]
    public void Shows_people_what_was_typed_as_it_was_typed()
    {
        var text = ModelCardText.Of(Subject());
        text.ShouldStartWith("# credit, version 2\n");
        text.ShouldContain(@"Trained on \*loans\* \| not for companies.");
        text.ShouldContain("| auc | 0.81 |");
        text.ShouldContain("| loans | 2026-10 | restricted | yes | yes |", Case.Sensitive, "as it is judged: nobody confirmed the class of what it was made from");
        text.ShouldContain("- little data before 2020");
    }
}
