namespace Relance.Tests;

public class Smoke
{
    [Fact]
    public void The_assembly_is_named_relance() => typeof(Program).Assembly.GetName().Name.ShouldBe("relance");
}
