using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.HouseRules;

public sealed class FilesAndFolders
{
    private const int MostLines = 400;

    private static readonly string[] NamedAfterNothing = ["Services", "Helpers", "Managers", "Interfaces", "Common", "Utils"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Source_files_stay_within_400_lines(string below) =>
        (from file in House.Files(below, ".cs", ".razor")
         let lines = File.ReadLines(file).Count()
         where lines > MostLines
         select $"{Path.GetRelativePath(House.Root, file)} has {lines} lines").ShouldBeEmpty();

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Folders_are_business_nouns(string below) =>
        House.Folders(below).Where(folder => NamedAfterNothing.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)).ShouldBeEmpty();

    [Fact]
    public void There_are_some() => House.Files("src", ".cs").Count().ShouldBeGreaterThan(40);
}
