namespace MLOpsGovernance.Advisor.People;

/// <summary>What in a skills matrix cannot be used.</summary>
public static class SkillFaults
{
    public static IEnumerable<InputFault> Of(IReadOnlyList<Person> people, SkillCatalogue catalogue)
    {
        for (var i = 0; i < people.Count; i++)
        {
            foreach (var role in people[i].Roles.Where(r => !catalogue.Roles.Any(known => string.Equals(known.Id, r.Replace('-', '_'), StringComparison.OrdinalIgnoreCase))))
                yield return new($"people[{i}].roles", "unknown-role", $"'{role}' is none of {string.Join(", ", catalogue.Roles.Select(static r => r.Id))}.");
            foreach (var skill in people[i].Skills.Where(static s => s.Value is < 0 or > TeamSkills.MostProficient))
                yield return new($"people[{i}].skills.{skill.Key}", "proficiency-out-of-range", "Proficiency is 0 (none), 1 (aware), 2 (with help), 3 (independent) or 4 (leads).");
            if (people.Take(i).Any(p => p.Name == people[i].Name)) yield return new($"people[{i}].name", "person-repeated", "Each person stands there once.");
        }
    }
}
