package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.drools.compiler.builder.impl.KnowledgeBuilderConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.ParallelRulesBuildThresholdOption;

/** How the engine is told to build. */
class KieBasesTest {

  @Test
  void eachRulebookIsBuiltByOneThread() throws Exception {
    KieBases.build("package p;", getClass().getClassLoader());
    var settings =
        KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration()
            .as(KnowledgeBuilderConfigurationImpl.KEY);
    ParallelRulesBuildThresholdOption threshold =
        settings.getOption(ParallelRulesBuildThresholdOption.KEY);
    assertEquals(-1, threshold.getParallelRulesBuildThreshold());
  }
}
