namespace MLOpsGovernance.Server.Tests.Purposes;

/// <summary>Models and data are for purposes that one catalogue names.</summary>
public sealed class NamingAPurpose(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Takes_the_codes_that_the_catalogue_lists()
    {
        var world = await shared.FoundedAsync();
        var catalogue = (await World.Must(200, world.Ann.GetJsonAsync("/purposes"))).Json!;
        catalogue["items"]!.AsArray().Select(p => p.Text("code")).ShouldContain("plant-identification");
        catalogue["legalBases"]!.AsArray().Select(p => p.Text("article")).ShouldBe(["Art. 6(1)(a)", "Art. 6(1)(b)", "Art. 6(1)(c)", "Art. 6(1)(d)", "Art. 6(1)(e)", "Art. 6(1)(f)"]);
        catalogue["specialCategoryConditions"]!.AsArray().Count.ShouldBe(10);

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "tell flowers apart", purposes = new[] { "plant-identification", "research" } }));
        (await world.Ann.GetJsonAsync(world.Path())).Json!["purposes"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["plant-identification", "research"]);
    }

    [Fact]
    public async Task Is_refused_for_another_code_with_what_it_may_have_meant()
    {
        var world = await shared.FoundedAsync();
        var refused = await World.Refused(400, "unknown-purpose", world.Ann.PostJsonAsync("/models", new { name = $"{world.Model}-x", team = "flowers", purpose = "x", purposes = new[] { "research", "fraud-detektion" } }));
        refused.Json!["errors"]!["purposes[1]"]![0]!.GetValue<string>().ShouldContain("did you mean 'fraud-detection'?");
        await World.Refused(400, "unknown-purpose", world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "x", purposes = new[] { "gardening" } }));
    }

    [Theory]
    [InlineData("gardening", "consent", null, "unknown-purpose", "code")]
    [InlineData("research", "because", null, "unknown-legal-basis", "legalBasis")]
    [InlineData("research", "consent", "because", "unknown-special-category-condition", "specialCategoryCondition")]
    public async Task Is_refused_for_a_dataset_with_an_unknown_code_or_ground(string code, string legalBasis, string? specialCategoryCondition, string refusal, string field)
    {
        var world = await shared.FoundedAsync();
        var refused = await World.Refused(400, refusal, world.Carl.PutJsonAsync(
            $"/datasets/{world.Dataset}/classification", new { sensitivity = "public", personalData = true, permittedPurposes = new object[] { new { code = "research", legalBasis = "consent" }, new { code, legalBasis, specialCategoryCondition } } }));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldBe([$"permittedPurposes[1].{field}"]);
    }

    [Fact]
    public async Task Keeps_the_code_of_a_ground_whose_article_was_named_and_the_words_beside_it()
    {
        var world = await shared.FoundedAsync();
        var answer = await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new
        {
            sensitivity = "confidential",
            personalData = true,
            legalBasis = "Art. 6(1)(f)",
            permittedPurposes = new[] { new { code = "research", legalBasis = "legitimate-interest", specialCategoryCondition = "Art. 9(2)(j)" } },
            purpose = "study how gardeners garden",
            reason = "there are names in it",
        }));
        var confirmed = answer.Json!["classification"]!["confirmed"]!;
        (confirmed.Text("legalBasis"), confirmed.Text("purpose"), confirmed.Text("reason")).ShouldBe(("legitimate-interests", "study how gardeners garden", "there are names in it"));
        var permitted = confirmed["permittedPurposes"]!.AsArray().ShouldHaveSingleItem();
        (permitted.Text("legalBasis"), permitted.Text("specialCategoryCondition")).ShouldBe(("legitimate-interests", "archiving-and-research"));

        // Said again without words it is so already, and the words stay.
        var before = (await world.EventsAsync(stream: $"dataset:{world.Dataset}")).Count;
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new
        {
            sensitivity = "confidential",
            personalData = true,
            legalBasis = "legitimate-interests",
            permittedPurposes = new[] { new { code = "research", legalBasis = "legitimate-interests", specialCategoryCondition = "archiving-and-research" } },
        }));
        (await world.EventsAsync(stream: $"dataset:{world.Dataset}")).Count.ShouldBe(before);
    }
}
